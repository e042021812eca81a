import { Construct } from 'constructs';
import {
  Alert,
  AlertSpec,
  Provider,
  ProviderSpec,
} from '../imports/notification.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { componentOf } from '../vocabulary/fleet-ports';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { ITenant, tenantOf } from '../vocabulary/ports';

/** Whose notifications are, and the namespace that they tell of. */
export interface NotificationHome {
  /** None in a component of the platform. */
  readonly tenant?: ITenant;
  readonly namespace: string;
}

/** The tenant of `scope`, or Flux's own namespace in a component. */
export function notificationHome(scope: Construct): NotificationHome {
  if (componentOf(scope)) {
    return { namespace: FLUX_NAMESPACE };
  }
  const tenant = tenantOf(scope);
  return { tenant, namespace: tenant.homeNamespace };
}

/** Makes an Alert and its Provider, whose address a tenant may then use, too. */
export function addAlert(
  scope: Construct,
  name: string,
  { tenant, namespace }: NotificationHome,
  destination: { _specIn(namespace: string): ProviderSpec },
  alert: Omit<AlertSpec, 'providerRef'>,
): void {
  const spec = destination._specIn(namespace);
  if (tenant && spec.address !== undefined) {
    allowSource(tenant, 'endpoints', spec.address);
  }
  place(scope, { file: 'alerts' });
  const metadata = { name, namespace };
  new Provider(scope, 'provider', { metadata, spec });
  new Alert(scope, 'alert', { metadata, spec: { ...alert, providerRef: { name } } });
}
