import { Automations } from './automations';
import { formsOf } from './patched-manifest';
import { ManifestObject } from './manifest-object';

/** Fields that name a Secret. */
const NAMING = /(?:^s|S)ecret(?:Key)?Ref$|^imagePullSecrets$|^secrets$/;

/**
 * An error for whatever uses the Secret that image automation pushes with, or the source: something that is read is looked at by
 * many, and what can be read from may be pushed to.
 */
export function findSharedCredentials(
  objects: readonly ManifestObject[],
  { all }: Automations,
): string[] {
  const writers = new Set<ManifestObject>();
  const namespaces = new Set<string>();
  const secrets = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const { automation, git } of all) {
    const { metadata, spec } = git.manifest;
    writers.add(git);
    namespaces.add(metadata.namespace);
    const [cluster] = automation.location.clusters;
    sources.set(`${cluster} ${metadata.namespace}/${metadata.name}`, git.constructPath);
    if (spec?.secretRef?.name !== undefined) {
      secrets.set(`${cluster} ${metadata.namespace}/${spec.secretRef.name}`, git.constructPath);
    }
  }
  return objects
    .filter((one) => namespaces.has(one.manifest.metadata.namespace) && !writers.has(one))
    .flatMap((object) => [...shared(object, secrets), ...followed(object, sources)]);
}

function shared(object: ManifestObject, secrets: ReadonlyMap<string, string>): string[] {
  const { constructPath, location, manifest } = object;
  const names = new Set<string>();
  formsOf(object).forEach((form) => addSecretsIn(form, '', names));
  return [...names].flatMap((name) => {
    const writer = ownerOf(name, manifest.metadata.namespace, location.clusters, secrets);
    return writer === undefined
      ? []
      : [
          `[${constructPath}] must not use Secret '${name}', with which '${writer}' may push; ` +
            'give it one of its own',
        ];
  });
}

/** What applies from the very source that is pushed to. */
function followed(
  { constructPath, location, manifest }: ManifestObject,
  sources: ReadonlyMap<string, string>,
): string[] {
  const { kind, metadata, spec } = manifest;
  const reference = spec?.sourceRef ?? spec?.chart?.spec?.sourceRef;
  if (kind === 'ImageUpdateAutomation' || reference?.kind !== 'GitRepository') {
    return [];
  }
  const writer = ownerOf(reference.name, metadata.namespace, location.clusters, sources);
  return writer === undefined
    ? []
    : [
        `[${constructPath}] must not read from '${writer}', whose credentials may push; give it a source of its own`,
      ];
}

function ownerOf(
  name: string,
  namespace: string,
  clusters: readonly string[],
  owners: ReadonlyMap<string, string>,
): string | undefined {
  const keys = clusters.map((cluster) => `${cluster} ${namespace}/${name}`);
  return keys.map((key) => owners.get(key)).find((owner) => owner !== undefined);
}

function addSecretsIn(value: any, key: string, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item) => addSecretsIn(item, key, names));
    return;
  }
  if (typeof value.name === 'string' && (value.kind === 'Secret' || NAMING.test(key))) {
    names.add(value.name);
  }
  for (const [below, child] of Object.entries(value)) {
    if (below === 'secretName' && typeof child === 'string') {
      names.add(child);
    }
    addSecretsIn(child, below, names);
  }
}
