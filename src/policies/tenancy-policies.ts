import { HELM_RELEASES, KUSTOMIZATIONS } from './applier-policies';
import { CANARIES } from './flagger-policies';
import { METRIC_TEMPLATES } from './metric-policies';
import { namespacePolicy } from './namespace-policy';
import {
  ALERT_PROVIDERS,
  ALERTS,
  ARTIFACTS,
  IMAGE_POLICIES,
  IMAGE_UPDATE_AUTOMATIONS,
  PROVIDERS,
  RECEIVERS,
} from './reference-policies';
import {
  BUCKETS,
  GIT_SOURCES,
  HELM_CHARTS,
  HELM_SOURCES,
  IMAGE_REPOSITORIES,
  OCI_SOURCES,
} from './source-policies';
import { TenancyPolicy } from './tenancy-policy';
import { INGRESSES, ROUTES, SERVICES } from './traffic-policies';
import { PODS, SECRETS } from './workload-policies';

/** Policies on what is in the namespaces of tenants. */
const IN_NAMESPACES: readonly TenancyPolicy[] = [
  ALERT_PROVIDERS,
  ALERTS,
  ARTIFACTS,
  BUCKETS,
  CANARIES,
  GIT_SOURCES,
  HELM_CHARTS,
  HELM_RELEASES,
  HELM_SOURCES,
  IMAGE_POLICIES,
  IMAGE_REPOSITORIES,
  IMAGE_UPDATE_AUTOMATIONS,
  INGRESSES,
  KUSTOMIZATIONS,
  METRIC_TEMPLATES,
  OCI_SOURCES,
  PODS,
  PROVIDERS,
  RECEIVERS,
  ROUTES,
  SECRETS,
  SERVICES,
];

/** Every admission policy of a fleet, however many tenants it has. */
export function tenancyPolicies(breakGlassGroups: readonly string[] = []): TenancyPolicy[] {
  return [...IN_NAMESPACES, namespacePolicy(breakGlassGroups)];
}
