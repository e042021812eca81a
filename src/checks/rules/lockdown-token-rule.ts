import { FileCheck } from '../check';
import { fluxChangedIn } from '../lockdown';
import { DOCUMENTED, fluxPatchedBy, withoutRule } from '../lockdown-example';
import { itemsAt, textsAt } from '../manifest-fields';

export const lockdownTokenRule: FileCheck = {
  id: 'lockdown-token-rule',
  severity: 'error',
  profile: 'recommended',
  summary: "a patch of the controllers' role must leave them the rule of leases",
  why:
    'The rule by which controllers create tokens of accounts is /rules/11 of the role since Flux 2.7; /rules/10, which it was before, is that of leases now. ' +
    'Without leases, source-controller, notification-controller and the image controllers never become leaders, and reconcile nothing.',
  remedy: 'remove /rules/11, with an operation before that tests for serviceaccounts/token there',
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://github.com/fluxcd/flux2/blob/main/manifests/rbac/controller.yaml',
  ],
  bad: fluxPatchedBy(...DOCUMENTED, withoutRule(10)),
  good: fluxPatchedBy(...DOCUMENTED, withoutRule(11)),
  *examineFile(file, repository, fleet) {
    for (const { installation, place } of fluxChangedIn(file, repository, fleet)) {
      const { role } = installation;
      const rules = itemsAt(role, 'rules');
      if (rules.length > 0 && !rules.some(({ value }) => isOfLeases(value))) {
        const message = `leaves ClusterRole '${role.metadata.name}' without the rule of leases in 'coordination.k8s.io': without, most controllers never become leaders`;
        yield { message, ...place };
      }
    }
  },
};

function isOfLeases(rule: unknown): boolean {
  const [groups, resources] = [textsAt(rule, 'apiGroups'), textsAt(rule, 'resources')];
  return (
    ['coordination.k8s.io', '*'].some((group) => groups.includes(group)) &&
    ['leases', '*'].some((resource) => resources.includes(resource))
  );
}
