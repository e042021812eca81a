import { Yaml } from 'cdk8s';
import { JsonPatchOperation } from '../vocabulary/environment-patch';
import { KustomizePatch } from '../vocabulary/kustomization-file';
import { remembering } from '../vocabulary/remembering';
import { LOCKDOWN } from './lockdown';

/** Operations as the text that a kustomize patch is. */
export function jsonPatch(...operations: JsonPatchOperation[]): string {
  return patchText(JSON.stringify(operations));
}

/** Each cluster has the same few. */
const patchText = remembering((operations) => Yaml.stringify(JSON.parse(operations)));

/** What appends `argument` to the arguments of controllers. */
export function argumentPatch(argument: string): string {
  return jsonPatch({ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: argument });
}

/** `names` as the regular expression by which kustomize chooses objects. */
export function oneOf(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `(${names.join('|')})`;
}

/**
 * Takes the right to create tokens of service accounts from the controllers that have it by that rule alone. A release
 * whose rules lie otherwise does not build, rather than lose another rule.
 */
export function withoutTokens() {
  const { clusterRole, index, rule } = LOCKDOWN.tokenRule;
  const path = `/rules/${index}`;
  return {
    target: { kind: 'ClusterRole', name: clusterRole },
    patch: jsonPatch({ op: 'test', path, value: rule }, { op: 'remove', path }),
  } satisfies KustomizePatch;
}
