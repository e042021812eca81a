#!/bin/sh
# Whether cluster 'staging' is what this repository says. Written by cdk8s-flux-tenants.
#
#   sh clusters/staging/verify.sh [<tenant> ...]
#
# It asks the cluster of kubectl's current context, and changes nothing there. Each tenant is asked about five times: name
# some where there are many. It takes flux, kubectl, and rights to read Flux's objects in all namespaces and to impersonate
# service accounts. Exit code: 0 when every answer is the expected one, 1 when one is not, 2 when it cannot ask.
set -u

arguments='kustomize-controller --no-cross-namespace-refs=true
helm-controller --no-cross-namespace-refs=true
notification-controller --no-cross-namespace-refs=true
image-reflector-controller --no-cross-namespace-refs=true
image-automation-controller --no-cross-namespace-refs=true
source-watcher --no-cross-namespace-refs=true
kustomize-controller --no-remote-bases=true
kustomize-controller --feature-gates=ObjectLevelWorkloadIdentity=true
helm-controller --feature-gates=ObjectLevelWorkloadIdentity=true
source-controller --feature-gates=ObjectLevelWorkloadIdentity=true
notification-controller --feature-gates=ObjectLevelWorkloadIdentity=true
image-reflector-controller --feature-gates=ObjectLevelWorkloadIdentity=true
image-automation-controller --feature-gates=ObjectLevelWorkloadIdentity=true
kustomize-controller --default-service-account=default
helm-controller --default-service-account=default
source-controller --default-service-account=default
notification-controller --default-service-account=default
image-reflector-controller --default-service-account=default
image-automation-controller --default-service-account=default
kustomize-controller --default-decryption-service-account=default
kustomize-controller --default-kubeconfig-service-account=default
helm-controller --default-kubeconfig-service-account=default'

objects='gitrepositories.source.toolkit.fluxcd.io reports/image-updates -
imagepolicies.image.toolkit.fluxcd.io reports/reports -
imagerepositories.image.toolkit.fluxcd.io reports/reports -
imageupdateautomations.image.toolkit.fluxcd.io reports/image-updates -
kustomizations.kustomize.toolkit.fluxcd.io flux-system/admission kustomize-controller
kustomizations.kustomize.toolkit.fluxcd.io flux-system/flux-system kustomize-controller
kustomizations.kustomize.toolkit.fluxcd.io flux-system/ledger kustomize-controller
kustomizations.kustomize.toolkit.fluxcd.io flux-system/reports kustomize-controller
kustomizations.kustomize.toolkit.fluxcd.io flux-system/tenancy kustomize-controller
kustomizations.kustomize.toolkit.fluxcd.io ledger/apps ledger
kustomizations.kustomize.toolkit.fluxcd.io reports/apps reports
ocirepositories.source.toolkit.fluxcd.io ledger/manifests -
ocirepositories.source.toolkit.fluxcd.io reports/manifests -'

tenants='ledger ledger ledger
reports reports reports'

failed=0

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

# The controllers run, and the definitions of their kinds are there. Expected: exit code 0
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

# All is fetched, verified and applied, as the account that the repository names. Expected: Ready is True, nothing is suspended
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

# What Flux applies for a tenant, it applies as the tenant's account. That objects name it proves little; what it may do counts.
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
  case $got in *flux-tenants-oci*) got='a refusal by flux-tenants-oci' ;; esac
  answer "$tenant fetches from elsewhere" 'a refusal by flux-tenants-oci' "$got"
done <<EOF
$(printf '%s\n' "$tenants" | awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }')
EOF

if [ "$failed" = 0 ]; then echo 'all is as expected'; else echo 'not all is as expected'; fi
exit "$failed"
