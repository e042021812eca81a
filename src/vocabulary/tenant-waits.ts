import { Duration } from 'cdk8s';
import { ITenant } from './ports';

/** A canary and the longest that its rollout can take. */
export interface CanaryLength {
  readonly path: string;
  readonly seconds: number;
  /** Whether the platform applies it, with the tenant itself, and no sync of the tenant. */
  readonly isPlatforms: boolean;
}

/** How long parts of a tenant may take, whichever repository they are written to. */
interface Waits {
  /** Of canaries that the platform applies, in seconds. */
  longestOfPlatform: number;
  /** Of those that syncs apply. */
  slowestOfSyncs?: CanaryLength;
  longestSync: number;
  longest: number;
  /** Whether a sync waits for as long as canaries need. */
  adapts: boolean;
}

const WAITS = new WeakMap<ITenant, Waits>();

function waitsOf(tenant: ITenant): Waits {
  const waits = WAITS.get(tenant) ?? {
    longestOfPlatform: 0,
    longestSync: 0,
    longest: 0,
    adapts: false,
  };
  WAITS.set(tenant, waits);
  return waits;
}

/** Remembers a canary of a tenant. */
export function recordCanary(tenant: ITenant, canary: CanaryLength): void {
  const waits = waitsOf(tenant);
  if (canary.isPlatforms) {
    waits.longestOfPlatform = Math.max(waits.longestOfPlatform, canary.seconds);
  } else if (canary.seconds > (waits.slowestOfSyncs?.seconds ?? 0)) {
    waits.slowestOfSyncs = canary;
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

/** Whether the platform applies a canary, with the tenant itself. */
export function platformAppliesCanary(tenant: ITenant): boolean {
  return waitsOf(tenant).longestOfPlatform > 0;
}

/** The slowest canary that a tenant's syncs apply, when no sync of the tenant waits long enough for it. */
export function canaryThatOutlastsSyncs(tenant: ITenant): CanaryLength | undefined {
  const { slowestOfSyncs, longestSync, adapts } = waitsOf(tenant);
  return slowestOfSyncs && !adapts && slowestOfSyncs.seconds >= longestSync
    ? slowestOfSyncs
    : undefined;
}

/** How long a sync waits that nobody gave a timeout: whole minutes, longer than the slowest canary known so far. */
export function canaryTimeout(tenant: ITenant): Duration {
  const { longestOfPlatform, slowestOfSyncs } = waitsOf(tenant);
  return timeoutOf(Math.max(longestOfPlatform, slowestOfSyncs?.seconds ?? 0));
}

/** How long the platform waits for all of a tenant: somewhat longer than the slowest of its parts. */
export function tenantTimeout(tenant: ITenant): Duration {
  const { longest, longestOfPlatform, adapts } = waitsOf(tenant);
  const adapted = adapts ? canaryTimeout(tenant).toSeconds() : 0;
  const own = longestOfPlatform > 0 ? timeoutOf(longestOfPlatform).toSeconds() : 0;
  return Duration.seconds(Math.max(300, Math.max(longest, adapted, own) + 60));
}

function timeoutOf(rollout: number): Duration {
  return Duration.minutes(Math.max(5, Math.ceil(rollout / 60) + 1));
}
