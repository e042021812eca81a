import { SERVICE_ACCOUNT_ANNOTATION } from '../vocabulary/tenant-annotations';
import { namespaceAnnotation, TenancyPolicy } from './tenancy-policy';

export const PODS: TenancyPolicy = {
  name: 'flux-tenants-pods',
  scopes: [{ group: '', resources: ['pods'], operations: ['CREATE'] }],
  variables: { account: namespaceAnnotation(SERVICE_ACCOUNT_ANNOTATION) },
  rules: [
    {
      expression:
        "variables.account == '' || !has(object.spec.serviceAccountName) || " +
        'object.spec.serviceAccountName != variables.account',
      message: `pods must not run as the account in the namespace's annotation ${SERVICE_ACCOUNT_ANNOTATION}, which is Flux's`,
    },
  ],
};

export const SECRETS: TenancyPolicy = {
  name: 'flux-tenants-secrets',
  scopes: [{ group: '', resources: ['secrets'], operations: ['CREATE'] }],
  variables: {},
  rules: [
    {
      expression: "!has(object.type) || object.type != 'kubernetes.io/service-account-token'",
      message:
        'Secrets must not be tokens of service accounts, which would outlive what they were made for',
    },
  ],
};
