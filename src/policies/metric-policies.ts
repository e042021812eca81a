import { SERVICE_URL } from '../vocabulary/url';
import { ENDPOINT, ENDPOINT_LISTED } from './reference-policies';
import { isListed, listed, TenancyPolicy, UNCHANGED, unlessUnchanged } from './tenancy-policy';

const PROVIDER = '!has(object.spec) || !has(object.spec.provider)';
const ADDRESS = `(${ENDPOINT}|${SERVICE_URL}(/[A-Za-z0-9._~-]+)*)`;

/**
 * Providers that Flagger asks with an identity of its own. To an address of the tenant, the external metrics API even gets the
 * token of Flagger, which reaches the Secrets of every namespace.
 */
const AS_FLAGGER = "['cloudwatch', 'externalmetrics', 'keptn', 'stackdriver']";

export const METRIC_TEMPLATES: TenancyPolicy = {
  name: 'flux-tenants-metric-templates',
  scopes: [{ group: 'flagger.app', resources: ['metrictemplates'] }],
  variables: { unchanged: UNCHANGED, ...listed('endpoints') },
  rules: [
    {
      expression: unlessUnchanged(
        `${PROVIDER} || !has(object.spec.provider.insecureSkipVerify) || !object.spec.provider.insecureSkipVerify`,
      ),
      message:
        'spec.provider.insecureSkipVerify must not be true: whoever is on the way could answer',
    },
    {
      expression: unlessUnchanged(
        `${PROVIDER} || !has(object.spec.provider.type) || !(object.spec.provider.type in ${AS_FLAGGER})`,
      ),
      message: 'spec.provider.type must not be one that Flagger shows its own identity to',
    },
    {
      expression: unlessUnchanged(
        `${PROVIDER} || !has(object.spec.provider.address) || object.spec.provider.address == '' || ` +
          `(${isListed('endpoints', 'object.spec.provider.address', ADDRESS)})`,
      ),
      message: `spec.provider.address must be ${ENDPOINT_LISTED}`,
    },
  ],
};
