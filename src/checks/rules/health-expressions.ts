import { isOpaque } from '../../clusters/applied-object';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { ObjectCheck } from '../check';
import { platformSync, settingsFile } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { itemsAt, textAt } from '../manifest-fields';

export const healthExpressions: ObjectCheck = {
  id: 'health-expressions',
  severity: 'error',
  profile: 'recommended',
  summary: 'there must be one health expression for a kind at most',
  why: 'Flux stalls at two expressions for the same group and kind, also of different versions of it, and applies nothing.',
  remedy: 'combine the expressions of a kind with &&, or remove one of them',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions',
    'https://fluxcd.io/flux/components/helm/helmreleases/#health-check-expressions',
  ],
  types: APPLIER_TYPES,
  needs: 'object',
  bad: sync(['v1beta1', 'v1']),
  good: sync(['v1']),
  *examine({ manifest }) {
    const seen = new Map<string, string>();
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'healthCheckExprs')) {
      const version = textAt(value, 'apiVersion') ?? '';
      const kind = textAt(value, 'kind') ?? '';
      const key = `${apiGroupOf(version)}/${kind}`;
      if (seen.has(key) && !isOpaque(key)) {
        yield {
          message: `must have one health expression for kind '${kind}' of '${version}', got another of '${seen.get(key)}' before it`,
          pointer,
        };
      }
      seen.set(key, seen.get(key) ?? version);
    }
  },
};

function sync(versions: readonly string[]): string {
  const expressions = versions.map(
    (version) => `    - apiVersion: certificates.example.com/${version}
      current: status.phase == 'Issued'
      kind: Certificate`,
  );
  return `${platformSync('apps', `healthCheckExprs:\n${expressions.join('\n')}`, 'wait: true')}${settingsFile('apps')}`;
}
