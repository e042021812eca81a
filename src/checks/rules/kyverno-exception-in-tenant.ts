import { AppliedObject } from '../../clusters/applied-object';
import { chartName } from '../chart-name';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';

const EXCEPTION = `# with: tenant team-a
apiVersion: policies.kyverno.io/v1
kind: PolicyException
metadata:
  name: debugger
  namespace: kyverno
spec:
  policyRefs:
    - kind: ValidatingPolicy
      name: pods
  matchConditions:
    - name: debugger
      expression: object.metadata.name == 'debugger'
`;

export const kyvernoExceptionInTenant: ObjectCheck = {
  id: 'kyverno-exception-in-tenant',
  severity: 'error',
  profile: 'recommended',
  summary: 'exceptions from Kyverno policies must not lie in namespaces of tenants',
  why: 'An exception is not limited to the namespace that it lies in. Where Kyverno heeds exceptions in the namespace of a tenant, that tenant exempts itself from every policy, and others too.',
  remedy:
    'keep exceptions in a namespace of the platform, and name it in features.policyExceptions.namespace',
  links: ['https://kyverno.io/docs/guides/exceptions/'],
  types: [
    'helm.toolkit.fluxcd.io/HelmRelease',
    'kyverno.io/PolicyException',
    'policies.kyverno.io/PolicyException',
  ],
  needs: 'cluster',
  bad: EXCEPTION.replace('namespace: kyverno', 'namespace: team-a'),
  good: EXCEPTION,
  *examine(object, cluster) {
    if (object.manifest.kind === 'HelmRelease') {
      if (chartName(object, cluster) === 'kyverno' && cluster.tenants.all.length > 0) {
        const { enabled, namespace } = exceptionsIn(object);
        if ([true, 'true'].includes(enabled) && namespace === '*') {
          yield {
            message:
              "has Kyverno heed exceptions in every namespace, got '*'; name one of the platform",
            pointer: '/spec/values/features/policyExceptions/namespace',
          };
        }
      }
      return;
    }
    const tenant = cluster.tenantOf(object);
    if (tenant !== undefined) {
      yield {
        message: `must not be in namespace '${object.manifest.metadata.namespace}', which is of tenant '${tenant}'`,
        pointer: '/metadata/namespace',
      };
    }
  },
};

function exceptionsIn({ manifest }: AppliedObject): { enabled?: any; namespace?: unknown } {
  return valueAt(manifest, 'spec', 'values', 'features', 'policyExceptions') ?? {};
}
