import { gitPlace } from '../vocabulary/url';
import { ManifestObject } from './manifest-object';

/** A GitRepository that image automation pushes to, on one cluster. */
interface Push {
  readonly automation: ManifestObject;
  readonly git: ManifestObject;
  /** Checked out, and pushed. */
  readonly branches: [string | undefined, string | undefined];
}

const READERS = new Set(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket']);

/**
 * An error for image automations that undo each other's commits, because they push one branch by force, and for
 * credentials to push that something else reads with.
 */
export function findRaces(objects: readonly ManifestObject[]): string[] {
  const automations = objects.filter(({ manifest }) => manifest.kind === 'ImageUpdateAutomation');
  if (automations.length === 0) {
    return [];
  }
  const onClusters = new Clusters(objects);
  const pushes = automations.flatMap((automation) => onClusters.pushesOf(automation));
  return [
    ...automations.flatMap(manyClusters),
    ...sharedBranches(pushes),
    ...onClusters.sharedCredentials(pushes),
  ];
}

function manyClusters({ constructPath, location }: ManifestObject): string[] {
  const names = location.clusters.map((cluster) => cluster.slice(cluster.lastIndexOf('/') + 1));
  return names.length > 1
    ? [
        `[${constructPath}] image automation must run on one cluster, got ${names.join(' and ')}: ` +
          'they would undo each other',
      ]
    : [];
}

function sharedBranches(pushes: readonly Push[]): string[] {
  const owners = new Map<string, string>();
  return pushes.flatMap(({ automation, git, branches: [checkedOut, pushed] }) => {
    const { constructPath } = automation;
    const { url } = git.manifest.spec;
    const key = `${gitPlace(String(url))} ${pushed}`;
    const owner = owners.get(key) ?? constructPath;
    owners.set(key, owner);
    return owner === constructPath || pushed === checkedOut
      ? []
      : [
          `[${constructPath}] both it and '${owner}' push branch '${pushed}' of '${url}' by force, ` +
            'so that each drops what the other committed; give one another pushBranch',
        ];
  });
}

/** Objects by cluster, namespace, kind and name. */
class Clusters {
  private readonly byName = new Map<string, ManifestObject>();

  constructor(private readonly objects: readonly ManifestObject[]) {
    for (const object of objects) {
      if (object.manifest.kind === 'GitRepository') {
        const { namespace, name } = object.manifest.metadata;
        for (const cluster of object.location.clusters) {
          this.byName.set(`${cluster} ${namespace}/${name}`, object);
        }
      }
    }
  }

  public pushesOf(automation: ManifestObject): Push[] {
    const { metadata, spec } = automation.manifest;
    const git = this.byName.get(
      `${automation.location.clusters[0]} ${metadata.namespace}/${spec?.sourceRef?.name}`,
    );
    if (!git) {
      return []; // it is somewhere else, and so are those that it could race with
    }
    const checkedOut = spec.git?.checkout?.ref?.branch ?? git.manifest.spec?.ref?.branch;
    return [{ automation, git, branches: [checkedOut, spec.git?.push?.branch ?? checkedOut] }];
  }

  public sharedCredentials(pushes: readonly Push[]): string[] {
    const writers = new Set(pushes.map(({ git }) => git));
    const secrets = new Map<string, string>();
    for (const { constructPath, manifest } of writers) {
      const secret = manifest.spec?.secretRef?.name;
      if (secret !== undefined) {
        secrets.set(`${manifest.metadata.namespace}/${secret}`, constructPath);
      }
    }
    return this.objects
      .filter((object) => !writers.has(object) && reads(object))
      .flatMap(({ constructPath, manifest }) => {
        const secret = manifest.spec?.secretRef?.name;
        const writer = secrets.get(`${manifest.metadata.namespace}/${secret}`);
        return writer === undefined
          ? []
          : [
              `[${constructPath}] must not read with Secret '${secret}', with which '${writer}' may push; ` +
                'give it one that may only read',
            ];
      });
  }
}

function reads({ manifest: { apiVersion, kind } }: ManifestObject): boolean {
  return (
    (String(apiVersion).startsWith('source.toolkit.fluxcd.io/') && READERS.has(kind)) ||
    kind === 'ImageRepository'
  );
}
