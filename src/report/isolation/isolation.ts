import { Control } from '../../checks/check';
import { Finding } from '../../checks/finding';
import { FluxFacts } from './flux-facts';
import { NamespaceFacts } from './namespace-facts';
import { PolicyFacts } from './policy-facts';
import { ReachGraph } from './reach-graph';
import { HolderFacts, RoleFacts } from './rights';
import { AllowedPlace, SourceFacts } from './source-facts';

/** What every document of this form says first, so that its reader can tell it from a later one. */
export const ISOLATION_FORMAT = 'cdk8s-flux-tenants/isolation/v1';

/** What keeps the tenants of a fleet apart, and what does not: facts of its manifests. `docs/isolation.schema.json` is its schema. */
export interface Isolation {
  readonly format: typeof ISOLATION_FORMAT;
  readonly summary: IsolationSummary;
  readonly clusters: readonly ClusterIsolation[];
  /** The checks that ran, by their ids. */
  readonly checks: readonly CheckFacts[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

/**
 * `crossed`: a tenant reaches what is not its own. `failed`: none is known to, but checks found errors. `unknown`: neither, but no
 * cluster was found, or something applied with rights of the platform could not be read. `held`: none of these. `no-tenants`: there
 * is nobody to keep apart.
 */
export type Verdict = 'crossed' | 'failed' | 'unknown' | 'held' | 'no-tenants';

export interface IsolationSummary {
  readonly verdict: Verdict;
  readonly clusters: number;
  /** By their names: a tenant of two clusters is one. */
  readonly tenants: number;
  /** Ways on which a tenant reaches what is not its own. */
  readonly crossings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  readonly checks: number;
  readonly checksPassed: number;
  /** What reaches a cluster with rights of the platform and could not be read. */
  readonly unread: number;
}

/** One check, and what it found in the whole fleet. */
export interface CheckFacts {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly controls: readonly Control[];
  readonly findings: number;
  readonly suppressed: number;
  /** Whether nothing was found but what somebody accepted. */
  readonly passed: boolean;
}

export interface ClusterIsolation {
  readonly name: string;
  readonly repository: string;
  /** Directory of its root in the repository; '' is the repository itself. */
  readonly path: string;
  /** Whether these are all objects of the cluster, but for what is unread. */
  readonly isWhole: boolean;
  readonly tenants: readonly TenantIsolation[];
  /** What its controllers are told; null where that is not known. */
  readonly flux: FluxFacts | null;
  /** The roles that rights refer to, by their titles. */
  readonly roles: readonly RoleFacts[];
  /** Who holds rights and is no tenant's: everyone, people and accounts of the platform. */
  readonly holders: readonly HolderFacts[];
  readonly policies: readonly PolicyFacts[];
  /** What reaches it with rights of the platform and could not be read. */
  readonly unread: readonly string[];
  readonly graph: ReachGraph;
}

export interface TenantIsolation {
  readonly name: string;
  readonly namespaces: readonly NamespaceFacts[];
  /** Its service accounts. */
  readonly accounts: readonly HolderFacts[];
  /** Groups and users whom bindings in its namespaces name, with what they may do there. */
  readonly people: readonly HolderFacts[];
  /** Accounts of others whom bindings in its namespaces name, with what they may do there. */
  readonly strangers: readonly HolderFacts[];
  /** Where it may fetch from, as its namespaces' annotations say. */
  readonly allowed: readonly AllowedPlace[];
  readonly sources: readonly SourceFacts[];
  /** Ways on which it reaches what is not its own. */
  readonly reaches: number;
  /** Ways on which another tenant reaches what is its own. */
  readonly reachedBy: number;
  readonly findings: number;
  readonly suppressed: number;
  /** What it brings along and could not be read: it has no more rights than the account it is applied as. */
  readonly unread: readonly string[];
}
