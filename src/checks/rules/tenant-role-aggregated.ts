import { ObjectCheck } from '../check';
import { mapAt, pointerOf, valueAt } from '../manifest-fields';
import { CLUSTER_ROLE, tenantRole } from '../tenant-roles';
import { roleBinding } from '../example-parts';

const AGGREGATE = /^rbac\.authorization\.k8s\.io\/aggregate-to-/;

/** A role of tenants whose labels are `labels`. */
function example(labels: string): string {
  return `# with: tenant team-a
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  labels:
    ${labels}
  name: team-a-more
rules:
  - apiGroups:
      - apps
    resources:
      - daemonsets
    verbs:
      - get
---
${roleBinding('team-a', 'team-a-more', 'ClusterRole', 'team-a-more')}`;
}

export const tenantRoleAggregated: ObjectCheck = {
  id: 'tenant-role-aggregated',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's role must neither take in other roles nor be taken in",
  why:
    'A role with an aggregationRule grows with every ClusterRole that has its labels, of whichever operator. One with a label aggregate-to-… adds its rules to that ' +
    'role, for everybody who is bound to it.',
  remedy: 'remove the aggregationRule or the label, and spell out the rules',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
  types: [CLUSTER_ROLE],
  needs: 'cluster',
  bad: example("rbac.authorization.k8s.io/aggregate-to-edit: 'true'"),
  good: example('app.kubernetes.io/part-of: tenancy'),
  *examine(object, cluster) {
    const held = tenantRole(object, cluster);
    if (held === undefined) {
      return;
    }
    const { manifest } = object;
    if (valueAt(manifest, 'aggregationRule') !== undefined) {
      yield {
        message: `gives tenant '${held.tenant}' by ${held.binding} the rules of all roles that its aggregationRule selects; spell out what it needs`,
        pointer: '/aggregationRule',
      };
    }
    const labels = Object.entries(mapAt(manifest, 'metadata', 'labels'));
    for (const [label] of labels.filter(
      ([key, value]) => AGGREGATE.test(key) && value === 'true',
    )) {
      yield {
        message: `is a role of tenant '${held.tenant}' by ${held.binding} and adds its rules to '${label.replace(AGGREGATE, '')}'`,
        pointer: pointerOf('metadata', 'labels', label),
      };
    }
  },
};
