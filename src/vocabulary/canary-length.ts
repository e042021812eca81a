import { ITenant } from './ports';

/** A canary and the longest that its analysis can take. */
export interface CanaryLength {
  readonly path: string;
  readonly seconds: number;
}

const SLOWEST = new WeakMap<ITenant, CanaryLength>();

/** Remembers a canary of a tenant, whichever repository it is written to. */
export function recordCanary(tenant: ITenant, canary: CanaryLength): void {
  if (canary.seconds > (SLOWEST.get(tenant)?.seconds ?? 0)) {
    SLOWEST.set(tenant, canary);
  }
}

/** The canary of a tenant that takes longest. */
export function slowestCanary(tenant: ITenant): CanaryLength | undefined {
  return SLOWEST.get(tenant);
}
