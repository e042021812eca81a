/* What the scripts ask, in the shell of POSIX: each question with the answer that is expected. */

export const PREPARATION = String.raw`failed=0

# answer <question> <expected> <got>
answer() {
  if [ "$2" = "$3" ]; then
    printf 'ok     %s: %s\n' "$1" "$2"
  else
    printf 'WRONG  %s: expected %s, got %s\n' "$1" "$2" "$3"
    failed=1
  fi
}

stop() {
  printf 'verify.sh: %s\n' "$1" >&2
  exit 2
}

for tool in flux kubectl awk; do
  command -v "$tool" >/dev/null || stop "$tool is not installed"
done
for tenant in "$@"; do
  printf '%s\n' "$tenants" | awk -v name="$tenant" '$1 == name { found = 1 } END { exit !found }' ||
    stop "the cluster has no tenant '$tenant'"
done
context=$(kubectl config current-context) || stop 'kubectl has no current context'
printf 'context %s\n' "$context"
`;

export const CONTROLLERS = String.raw`# The controllers run, and the definitions of their kinds are there. Expected: exit code 0
if flux check >/dev/null 2>&1; then code=0; else code='another, with reasons that the command prints'; fi
answer 'exit code of flux check' 0 "$code"

# Controllers are kept from other namespaces, and from applying as themselves. Expected: each has its arguments
running=$(kubectl get deployments -n flux-system -o jsonpath='{range .items[*]}{.metadata.name}{" "}{.spec.template.spec.containers[0].args}{"\n"}{end}') ||
  stop 'cannot read the deployments in flux-system'
for controller in source-controller kustomize-controller helm-controller notification-controller; do
  case $running in
    "$controller "* | *"
$controller "*) ;;
    *) answer "$controller" 'a deployment in flux-system' none ;;
  esac
done
while read -r controller argument; do
  while read -r name has; do
    case $name in "$controller" | "$controller"-*) ;; *) continue ;; esac
    case $has in *"\"$argument\""*) got=$argument ;; *) got='no such argument' ;; esac
    answer "$name" "$argument" "$got"
  done <<EOF
$running
EOF
done <<EOF
$arguments
EOF
`;

export const OBJECTS = String.raw`# All is fetched, verified and applied, as the account that the repository names. Expected: Ready is True, nothing is suspended
fields='{range .items[*]}{.metadata.namespace}/{.metadata.name}|{.status.conditions[?(@.type=="Ready")].status}|{.spec.suspend}|{.spec.serviceAccountName}{"\n"}{end}'
for kind in $(printf '%s\n' "$objects" | cut -d ' ' -f 1 | uniq); do
  found=$(kubectl get "$kind" -A -o jsonpath="$fields") || stop "cannot read $kind"
  printf '%s\n%s\n' "$found" "$objects" | awk -v kind="$kind" '
    function wrong(expected, got) {
      printf "WRONG  %s %s: expected %s, got %s\n", kind, name, expected, got
      failed = isWrong = 1
    }
    /\|/ { split($0, part, "|"); ready[part[1]] = part[2]; suspended[part[1]] = part[3]; account[part[1]] = part[4]; next }
    $1 != kind { next }
    {
      name = $2; isWrong = 0
      if (!(name in ready)) wrong("Ready True", "no such object")
      else {
        if (ready[name] != "True") wrong("Ready True", ready[name] == "" ? "no such condition" : "Ready " ready[name])
        if (suspended[name] == "true") wrong("reconciliation", "a suspended object")
        if ($3 != "-" && account[name] != $3) wrong("account " $3, account[name] == "" ? "none" : account[name])
      }
      if (!isWrong) good++
    }
    END { printf "ok     %s: %d ready\n", kind, good; exit failed }' || failed=1
done
`;

const ACCOUNT = String.raw`# What Flux applies for a tenant, it applies as the tenant's account. That objects name it proves little; what it may do counts.
# Expected: yes in its own namespace; no in the cluster, in flux-system, and in the namespace of another tenant
may() {
  got=$(kubectl auth can-i "$@" 2>/dev/null </dev/null)
  case $got in yes*) got=yes ;; no*) got=no ;; *) got='no answer' ;; esac
}
next=$(printf '%s\n' "$tenants" | awk 'NR == 1 { print $2 }')
while read -r tenant namespace account; do
  [ -n "$tenant" ] || continue
  other=$next
  next=$namespace
  case " $* " in '  ' | *" $tenant "*) ;; *) continue ;; esac
  as="--as=system:serviceaccount:$namespace:$account"
  may create deployments.apps -n "$namespace" "$as"
  answer "$tenant may create deployments in $namespace" yes "$got"
  may create clusterrolebindings.rbac.authorization.k8s.io "$as"
  answer "$tenant may create clusterrolebindings" no "$got"
  may get secrets -n flux-system "$as"
  answer "$tenant may read secrets in flux-system" no "$got"
  if [ "$other" != "$namespace" ]; then
    may create deployments.apps -n "$other" "$as"
    answer "$tenant may create deployments in $other" no "$got"
  fi
`;

const REFUSAL = String.raw`
  # An artifact from a place that the tenant does not list. Expected: admission refuses it, before Flux sees it
  got=$(kubectl create --dry-run=server -n "$namespace" "$as" -f - 2>&1 <<EOF
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: verify-refusal
spec:
  interval: 1h
  url: oci://registry.invalid/not-listed
EOF
)
  case $got in *<policy>*) got='a refusal by <policy>' ;; esac
  answer "$tenant fetches from elsewhere" 'a refusal by <policy>' "$got"
`;

const LAST_TO_FIRST = String.raw`done <<EOF
$(printf '%s\n' "$tenants" | awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }')
EOF
`;

/** Questions on each tenant; on what the policy refuses only where there is one that does. */
export function asksTenants(policy?: string): string {
  return [
    ACCOUNT,
    ...(policy === undefined ? [] : [REFUSAL.replaceAll('<policy>', policy)]),
    LAST_TO_FIRST,
  ].join('');
}

export const END = String.raw`if [ "$failed" = 0 ]; then echo 'all is as expected'; else echo 'not all is as expected'; fi
exit "$failed"
`;
