import { ApiObject, ApiObjectMetadata, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * An object of Kubernetes' own kinds, with the names that the API server reads. The typed classes of cdk8s-plus are
 * not used for what we make: they drop fields and patches that their release did not know.
 */
export function kubernetesObject(
  scope: Construct,
  id: string,
  apiVersion: string,
  kind: string,
  metadata: ApiObjectMetadata,
  body: Record<string, unknown>,
): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind, metadata, ...body });
}

/** As `kubernetesObject`, for what lies in no namespace: a chart stamps its own on every object. */
export function clusterScopedObject(...args: Parameters<typeof kubernetesObject>): ApiObject {
  const object = kubernetesObject(...args);
  if (object.chart.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}
