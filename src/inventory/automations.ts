import { grouped } from '../vocabulary/grouped';
import { bareDirectory } from '../vocabulary/relative-path';
import { SetterField, SetterMarker } from '../vocabulary/setter-marker';
import { gitPlace } from '../vocabulary/url';
import { isSelected } from './label-selector';
import { ManifestObject } from './manifest-object';

/** An ImageUpdateAutomation, with the GitRepository that it pushes to. */
export interface Automation {
  readonly automation: ManifestObject;
  readonly git: ManifestObject;
  readonly checkedOut: string | undefined;
  readonly pushed: string | undefined;
}

/** Image policies and what applies them, as the finished manifests have them. */
export class Automations {
  public readonly all: readonly Automation[];
  private readonly policies = new Map<string, any>();
  private readonly byNamespace: ReadonlyMap<string, Automation[]>;

  constructor(objects: readonly ManifestObject[]) {
    const repositories = new Map<string, ManifestObject>();
    for (const object of objects) {
      const { kind, metadata } = object.manifest;
      if (kind === 'ImagePolicy') {
        this.policies.set(`${metadata.namespace}/${metadata.name}`, object.manifest);
      } else if (kind === 'GitRepository') {
        for (const cluster of object.location.clusters) {
          repositories.set(`${cluster} ${metadata.namespace}/${metadata.name}`, object);
        }
      }
    }
    this.all = objects.flatMap((object) => automationOf(object, repositories) ?? []);
    this.byNamespace = grouped(
      this.all,
      ({ automation }) => automation.manifest.metadata.namespace,
    );
  }

  /** Why Flux would not write what `marker` asks for; undefined when it does. */
  public whyUnapplied({
    field,
    policyName,
    policyNamespace,
    repository,
    updatePath,
  }: SetterMarker): string | undefined {
    const policy = this.policies.get(`${policyNamespace}/${policyName}`);
    if (!policy) {
      return `must be of an ImagePolicy '${policyName}' in namespace '${policyNamespace}', which is not there`;
    }
    const digests = policy.spec?.digestReflectionPolicy ?? 'Never';
    if (field === SetterField.DIGEST && digests === 'Never') {
      return 'must be of a policy that follows digests, or Flux empties the field';
    }
    const applying = (this.byNamespace.get(policyNamespace) ?? []).filter(({ automation }) =>
      isSelected(automation.manifest.spec?.policySelector ?? {}, policy.metadata.labels ?? {}),
    );
    if (applying.length !== 1) {
      return `must be of a policy that one ImageUpdateAutomation selects, got ${applying.length}`;
    }
    const [{ automation, git }] = applying;
    const path = bareDirectory(String(automation.manifest.spec?.update?.path ?? './'));
    return gitPlace(String(git.manifest.spec?.url)) === gitPlace(repository) && path === updatePath
      ? undefined
      : `must be where '${automation.constructPath}' looks, '${path}' of '${git.manifest.spec?.url}'`;
  }
}

function automationOf(
  automation: ManifestObject,
  repositories: ReadonlyMap<string, ManifestObject>,
): Automation | undefined {
  const { kind, metadata, spec } = automation.manifest;
  const [cluster] = automation.location.clusters;
  const git = repositories.get(`${cluster} ${metadata.namespace}/${spec?.sourceRef?.name}`);
  if (kind !== 'ImageUpdateAutomation' || !git) {
    return undefined; // what is somewhere else, nobody here can tell
  }
  const checkedOut = spec.git?.checkout?.ref?.branch ?? git.manifest.spec?.ref?.branch;
  const pushed = spec.git?.push?.branch ?? checkedOut;
  return { automation, git, checkedOut, pushed };
}
