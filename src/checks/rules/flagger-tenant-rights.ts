import { readRule, ruleAllows } from '../../access/policy-rule';
import { AccessAction } from '../../access/access-action';
import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt } from '../manifest-fields';

const RBAC = 'rbac.authorization.k8s.io';

const RESOURCES: Readonly<Record<string, string>> = {
  AlertProvider: 'alertproviders',
  Canary: 'canaries',
  MetricTemplate: 'metrictemplates',
};

const APPLIED = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  ref:
    branch: main
  url: ssh://git@git.example.com/acme/fleet-infra
  secretRef:
    name: apps
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: apps
  sourceRef:
    kind: GitRepository
    name: apps
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: apps
  namespace: apps
automountServiceAccountToken: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: apps
  namespace: apps
rules:
  - apiGroups: [flagger.app]
    resources: [canaries]
    verbs: [get, list, watch, create, update, patch, delete]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: apps
  namespace: apps
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: apps
subjects:
  - kind: ServiceAccount
    name: apps
    namespace: apps
# file: apps/canary.yaml
${CANARY_EXAMPLE}`;

export const flaggerTenantRights: ObjectCheck = {
  id: 'flagger-tenant-rights',
  severity: 'error',
  profile: 'recommended',
  summary: 'who applies objects of Flagger must have the rights to',
  why: "Flagger's chart adds nothing to the roles of others, so that an account that Flux impersonates may write Canaries only where a role says so. Otherwise the API server refuses them, and the whole Kustomization fails.",
  remedy:
    "give the account's role create, patch and delete on canaries, metrictemplates and alertproviders of flagger.app",
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  types: [CANARY_TYPE, 'flagger.app/AlertProvider', 'flagger.app/MetricTemplate'],
  needs: 'cluster',
  bad: APPLIED.replace(
    'apiGroups: [flagger.app]\n    resources: [canaries]',
    'apiGroups: [apps]\n    resources: [deployments]',
  ),
  good: APPLIED,
  *examine({ manifest, sync }, cluster) {
    const account = textAt(sync?.manifest, 'spec', 'serviceAccountName');
    const namespace = textAt(manifest, 'metadata', 'namespace');
    const home = textAt(sync?.manifest, 'metadata', 'namespace');
    if (!sync || !account || !namespace || [account, namespace, home].some(isOpaque)) {
      return;
    }
    const known = cluster.once(knownRights);
    const key = JSON.stringify([namespace, home, account]);
    const rules = known.get(key) ?? rulesOf(cluster, namespace, { home, account });
    known.set(key, rules);
    const action = AccessAction.on('create', `${RESOURCES[manifest.kind]}.flagger.app`);
    if (rules.length > 0 && !rules.some((rule) => rule === 'any' || ruleAllows(rule, action))) {
      yield {
        message: `is applied as ServiceAccount '${account}' of namespace '${home}', which may not create ${RESOURCES[manifest.kind]}.flagger.app in namespace '${namespace}'`,
      };
    }
  },
};

type Rights = (ReturnType<typeof readRule> | 'any')[];

function knownRights(): Map<string, Rights> {
  return new Map();
}

/** The rules that bindings give an account in a namespace, or 'any' where that cannot be told; none where nothing is bound. */
function rulesOf(
  cluster: ClusterView,
  namespace: string,
  account: { readonly home?: string; readonly account: string },
): Rights {
  const subjects = subjectsFor(account);
  if (subjects.some((one) => cluster.once(boundEverywhere).has(one))) {
    return ['any'];
  }
  return cluster
    .inNamespace(namespace)
    .filter(({ manifest }) => typeOf(manifest) === `${RBAC}/RoleBinding`)
    .filter(({ manifest }) => subjectsOf(manifest).some((one) => subjects.includes(one)))
    .flatMap(({ manifest }) => {
      const { kind, name } = mapAt(manifest, 'roleRef');
      const of = kind === 'Role' ? namespace : undefined;
      const role = cluster.find(`${RBAC}/${kind}`, of, name)?.manifest;
      const isKnown = role && role.aggregationRule === undefined && Array.isArray(role.rules);
      return isKnown ? role.rules.map(readRule) : ['any'];
    });
}

/** All that an account is to RBAC. */
function subjectsFor({ home, account }: { home?: string; account: string }): string[] {
  return [
    `ServiceAccount ${home}/${account}`,
    `User system:serviceaccount:${home}:${account}`,
    'Group system:authenticated',
    'Group system:serviceaccounts',
    `Group system:serviceaccounts:${home}`,
  ];
}

function boundEverywhere(cluster: ClusterView): ReadonlySet<string> {
  return new Set(
    cluster.ofType(`${RBAC}/ClusterRoleBinding`).flatMap(({ manifest }) => subjectsOf(manifest)),
  );
}

function subjectsOf(binding: any): string[] {
  const { namespace: own } = binding.metadata;
  return itemsAt(binding, 'subjects').map(({ value }) => {
    const { kind, name, namespace = own } = mapAt(value);
    return kind === 'ServiceAccount' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
  });
}
