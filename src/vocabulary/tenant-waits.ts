import { Duration } from 'cdk8s';
import { ITenant } from './ports';

/** A canary and the longest that its rollout can take. */
export interface CanaryLength {
  readonly path: string;
  readonly seconds: number;
}

/** How long parts of a tenant may take, whichever repository they are written to. */
interface Waits {
  slowestCanary?: CanaryLength;
  longestSync: number;
  longest: number;
  /** Whether a sync waits for as long as canaries need. */
  adapts: boolean;
}

const WAITS = new WeakMap<ITenant, Waits>();

function waitsOf(tenant: ITenant): Waits {
  const waits = WAITS.get(tenant) ?? { longestSync: 0, longest: 0, adapts: false };
  WAITS.set(tenant, waits);
  return waits;
}

/** Remembers a canary of a tenant. */
export function recordCanary(tenant: ITenant, canary: CanaryLength): void {
  const waits = waitsOf(tenant);
  if (canary.seconds > (waits.slowestCanary?.seconds ?? 0)) {
    waits.slowestCanary = canary;
  }
}

/** Remembers how long something that Flux applies for a tenant may take to become ready. */
export function recordWait(tenant: ITenant, timeout: Duration): void {
  const waits = waitsOf(tenant);
  waits.longest = Math.max(waits.longest, timeout.toSeconds());
}

/** Remembers how long a sync waits for the health of what it applies. */
export function recordSync(tenant: ITenant, timeout: Duration): void {
  recordWait(tenant, timeout);
  const waits = waitsOf(tenant);
  waits.longestSync = Math.max(waits.longestSync, timeout.toSeconds());
}

/** Remembers that a sync waits for the health of what it applies as long as `canaryTimeout` says. */
export function recordAdaptingSync(tenant: ITenant): void {
  waitsOf(tenant).adapts = true;
}

/** The slowest canary of a tenant, when no sync of the tenant waits long enough for it. */
export function canaryThatOutlastsSyncs(tenant: ITenant): CanaryLength | undefined {
  const { slowestCanary, longestSync, adapts } = waitsOf(tenant);
  return slowestCanary && !adapts && slowestCanary.seconds >= longestSync
    ? slowestCanary
    : undefined;
}

/** How long a sync waits that nobody gave a timeout: whole minutes, longer than the slowest canary known so far. */
export function canaryTimeout(tenant: ITenant): Duration {
  const seconds = waitsOf(tenant).slowestCanary?.seconds ?? 0;
  return Duration.minutes(Math.max(5, Math.ceil(seconds / 60) + 1));
}

/** How long the platform waits for all of a tenant: somewhat longer than the slowest of its parts. */
export function tenantTimeout(tenant: ITenant): Duration {
  const { longest, adapts } = waitsOf(tenant);
  const adapted = adapts ? canaryTimeout(tenant).toSeconds() : 0;
  return Duration.seconds(Math.max(300, Math.max(longest, adapted) + 60));
}
