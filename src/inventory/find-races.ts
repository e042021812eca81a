import { grouped } from '../vocabulary/grouped';
import { gitPlace } from '../vocabulary/url';
import { Automation, Automations } from './automations';
import { clusterNameOf, ManifestObject } from './manifest-object';

/**
 * An error for every image automation that would do harm or nothing: that pushes to a fleet repository, runs twice, applies what is
 * not its own, has a commit message that Flux refuses, or undoes what another commits.
 *
 * @param fleets what tells the fleet repositories from others
 */
export function findRaces(
  objects: readonly ManifestObject[],
  { all }: Automations,
  fleets: ReadonlySet<string>,
): string[] {
  const raw = objects.filter(({ manifest }) => manifest.kind === 'ImageUpdateAutomation');
  return [
    ...raw.flatMap(alone),
    ...all.flatMap((one) => intoFleet(one, fleets)),
    ...sharedBranches(all),
  ];
}

function alone({ constructPath, location, manifest }: ManifestObject): string[] {
  const errors: string[] = [];
  const names = location.clusters.map(clusterNameOf);
  if (names.length > 1) {
    errors.push(
      `image automation must run on one cluster, got ${names.join(' and ')}: they would undo each other`,
    );
  }
  if (location.tenancy && !manifest.spec?.policySelector) {
    errors.push(
      'image automation must select its policies, or it applies every one of the namespace',
    );
  }
  const message = String(manifest.spec?.git?.commit?.messageTemplate ?? '');
  const [removed] = /\.Updated\b|\.Changed\.ImageResult\b/.exec(message) ?? [];
  if (removed) {
    errors.push(`commit message must not use '${removed}', which Flux no longer knows`);
  }
  return errors.map((error) => `[${constructPath}] ${error}`);
}

function intoFleet({ automation, git }: Automation, fleets: ReadonlySet<string>): string[] {
  const { url } = git.manifest.spec;
  return automation.location.tenancy && fleets.has(gitPlace(String(url)))
    ? [
        `[${automation.constructPath}] image automation of tenant '${automation.location.tenancy.tenant}' must commit to a ` +
          `repository of its own, got the fleet's, '${url}'`,
      ]
    : [];
}

/** Branches that one automation forces, and another pushes or checks out. */
function sharedBranches(automations: readonly Automation[]): string[] {
  const uses = automations.flatMap((one) =>
    [...new Set([one.pushed, one.checkedOut])].map((branch) => ({ one, branch })),
  );
  const users = grouped(uses, ({ one, branch }) => branchOf(one, branch));
  const errors = new Map<string, string>();
  for (const one of automations.filter(({ pushed, checkedOut }) => pushed !== checkedOut)) {
    const key = branchOf(one, one.pushed);
    const other = users.get(key)!.find((user) => user.one !== one)?.one;
    if (other && !errors.has(key)) {
      errors.set(
        key,
        `[${one.automation.constructPath}] must not force branch '${one.pushed}' of '${one.git.manifest.spec.url}', which ` +
          `'${other.automation.constructPath}' uses, too: what it committed would be dropped; give one another pushBranch`,
      );
    }
  }
  return [...errors.values()];
}

function branchOf({ git }: Automation, branch: string | undefined): string {
  return `${gitPlace(String(git.manifest.spec.url))} ${branch}`;
}
