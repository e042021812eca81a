/** What may be missing from a fleet without anybody getting further for it, and why. */
export const SAFE_TO_DROP: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^(?!\/Namespace).* \/metadata\/labels(\/toolkit\.fluxcd\.io~1tenant)?$/,
    reason: "the label of an object is for people; policies and checks go by its namespace's",
  },
  {
    pattern:
      /^(?!\/Namespace).* \/metadata\/annotations(\/kustomize\.toolkit\.fluxcd\.io~1prune)?$/,
    reason: 'an object that goes from the repository may go from the cluster; its namespace stays',
  },
  {
    pattern:
      /^\/Namespace \/metadata\/labels\/pod-security\.kubernetes\.io~1(audit|warn)(-version)?$/,
    reason: 'audit and warn tell of pods, and refuse none',
  },
  {
    pattern:
      /^\/Namespace \/metadata\/annotations\/cdk8s-flux-tenants~1(allowed-[a-z-]+|namespaces|service-account)$/,
    reason: 'the admission policies refuse what a namespace does not list',
  },
  {
    pattern: /^rbac\.authorization\.k8s\.io\/(ClusterRole|RoleBinding)( |$)/,
    reason: 'fewer rights, or an object that the API server refuses',
  },
  {
    pattern:
      /^networking\.k8s\.io\/NetworkPolicy allow-[a-z-]+( \/spec(\/(egress|ingress)(\/\*)?)?)?$/,
    reason: 'less traffic is allowed',
  },
  {
    pattern:
      /^networking\.k8s\.io\/NetworkPolicy [a-z-]+ \/spec\/(podSelector|policyTypes(\/\*)?)$/,
    reason:
      'the default selects all pods, and the directions of its rules; other policies of the namespace deny both',
  },
  {
    pattern: /^networking\.k8s\.io\/NetworkPolicy default-deny( \/spec)?$/,
    reason:
      'each of the other policies denies what none allows, too: they select all pods, in both directions',
  },
  {
    pattern:
      /^networking\.k8s\.io\/NetworkPolicy allow-[a-z-]+ .*\/(from|to)\/\*(\/namespaceSelector)?$/,
    reason: 'one of several peers less, or a peer that the API server refuses for its emptiness',
  },
  {
    pattern: /^networking\.k8s\.io\/NetworkPolicy allow-dns \/spec\/egress\/\*\/(ports|to)/,
    reason:
      'egress at certain ports is left alone, and DNS pods at any port: names are looked up by whoever may send',
  },
  {
    pattern: /^\/LimitRange \/spec\/limits\/\*\/default(Request)?(\/(cpu|memory))?$/,
    reason: 'what a container has by default is within the quota of its namespace',
  },
  {
    pattern: /^\/LimitRange \/spec\/limits\/\*\/type$/,
    reason: 'the API server refuses a LimitRange without it',
  },
  {
    pattern: /^\/ResourceQuota team \/spec\/hard\//,
    reason: 'how much of one resource a tenant may have is its size, which no check knows',
  },
  {
    pattern: /^helm\.toolkit\.fluxcd\.io\/HelmRelease$/,
    reason: 'a release less installs less',
  },
  {
    pattern: /^source\.toolkit\.fluxcd\.io\/OCIRepository \/spec\/verify\/provider$/,
    reason: 'the default is cosign',
  },
  {
    pattern: /^source\.toolkit\.fluxcd\.io\/GitRepository \/spec\/verify\/mode$/,
    reason: 'the default is HEAD, as it was',
  },
  {
    pattern: /^(source|image)\.toolkit\.fluxcd\.io\/(OCI|Git|Image)Repository \/spec\/secretRef$/,
    reason: 'without credentials nothing is fetched that is not public',
  },
  {
    pattern:
      /^kustomize\.toolkit\.fluxcd\.io\/Kustomization \/spec\/(retryInterval|timeout|healthCheckExprs.*)$/,
    reason: 'how long Flux waits, and for what, bounds nobody',
  },
  {
    pattern: /^kustomize\.toolkit\.fluxcd\.io\/Kustomization \/spec\/targetNamespace$/,
    reason: 'the account that is impersonated has rights in the namespaces of its tenant alone',
  },
  {
    pattern:
      /^helm\.toolkit\.fluxcd\.io\/HelmRelease \/spec\/(values|install\/crds|upgrade\/crds|upgrade\/remediation\/strategy|timeout|releaseName)/,
    reason:
      'what a chart is given, and how it is upgraded, is held by the quota, Pod Security and account of its namespace',
  },
  {
    pattern: /^helm\.toolkit\.fluxcd\.io\/HelmRelease \/spec\/(storage|target)Namespace$/,
    reason: 'the default is the namespace of the release',
  },
  {
    pattern: /^notification\.toolkit\.fluxcd\.io\/(Alert|Provider)( \/spec|$)/,
    reason: 'a message less, or to another channel of the same account, lets nobody do more',
  },
  {
    pattern: /^source\.toolkit\.fluxcd\.io\/Helm(Chart|Repository)( \/spec\/(version|interval)|$)/,
    reason:
      'a chart of another version of the same source, or none; the tenant itself may bring the source',
  },
  {
    pattern: /^image\.toolkit\.fluxcd\.io\/Image(Policy|Repository|UpdateAutomation)( |$)/,
    reason:
      'fewer or other tags of an image that the admission policies allow; what a tenant applies itself may bring the policies',
  },
  {
    pattern: /^kustomize\.config\.k8s\.io\/Kustomization \/(apiVersion|kind)$/,
    reason: 'kustomize takes both for granted in a file of that name',
  },
  {
    pattern:
      /^kustomize\.config\.k8s\.io\/Kustomization \/patches\/\*\/target\/(group|kind|version|namespace)$/,
    reason: 'a wider target; whether the patch then does harm is judged of what it makes',
  },
  {
    pattern: /^kustomize\.config\.k8s\.io\/Kustomization \/resources\/\*$/,
    reason:
      "the first one that a cluster's flux-system lists is Flux's components, whose absence from Git lets Flux run on as it is",
  },
];
