import { IConstruct } from 'constructs';
import { FLUX_NAMESPACE } from './labels';
import { placementOf } from './placement';
import { tenantOf } from './ports';

/** The namespace for objects of Flux that `scope` makes: a tenant's home, or Flux's own for a component of the platform. */
export function fluxNamespaceOf(scope: IConstruct): string {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    if (placementOf(at)?.shelf?.kind === 'infrastructure') {
      return FLUX_NAMESPACE;
    }
  }
  return tenantOf(scope).homeNamespace;
}
