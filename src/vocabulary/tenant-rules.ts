import { TEXT, listOf, optional, requireProps } from './form';
import { requireTenantRule, RoleRule, WRITE } from './tenant-rule-bounds';

/** A right of all tenants: verbs on resources of one API group, in their own namespaces. */
export interface TenantRule {
  /** Such as `external-secrets.io`; that of the core is empty. */
  readonly apiGroup: string;
  /** Plural names, such as `externalsecrets`; of subresources only `<plural>/log` and `<plural>/scale`. */
  readonly resources: string[];
  /**
   * Which of get, list, watch, create, update, patch and delete.
   *
   * @default - all of them, which is what applying and pruning take
   */
  readonly verbs?: string[];
}

/**
 * What `tenant-app-admin` allows beyond its fixed rules: one operator's kinds at a time, so that a fleet gives what it
 * has installed and nothing else.
 */
export class TenantRules {
  /**
   * Flagger's canaries, metric templates and alert providers, which `CanaryApp` needs.
   *
   * They are not fixed, because by them a tenant has Flagger act: with Flagger's own rights, which reach the Secrets,
   * Services and Ingresses of every namespace. A fleet without Flagger should not give them, and Flagger should run with
   * `noCrossNamespaceRefs`.
   */
  public static flagger(): TenantRules {
    return TenantRules.allowing({
      apiGroup: 'flagger.app',
      resources: ['canaries', 'metrictemplates', 'alertproviders'],
    });
  }

  /** DaemonSets: pods on every node, also on those that are kept for others, and on any that is added later. */
  public static daemonSets(): TenantRules {
    return TenantRules.allowing({ apiGroup: 'apps', resources: ['daemonsets'] });
  }

  /**
   * HTTPRoutes and GRPCRoutes of the Gateway API: for hosts, and at Gateways, that the tenant's `network` lists. Which of
   * them it gets is then up to the listeners of the Gateways.
   */
  public static gatewayRoutes(): TenantRules {
    return TenantRules.allowing({
      apiGroup: 'gateway.networking.k8s.io',
      resources: ['httproutes', 'grpcroutes'],
    });
  }

  /**
   * Any other kind that operators bring. What an operator does at the word of a tenant, it does with rights of its own: an
   * operator that installs or binds whatever its objects say is not for tenants, and no list knows all of those.
   *
   * Throws on wildcards; verbs beside the seven; subresources that change a status, run commands or hand out tokens; what
   * lies in no namespace; and all by which a tenant would decide over rights, policies, quotas or the network, or make
   * sources that nothing verifies.
   */
  public static allowing(rule: TenantRule): TenantRules {
    requireProps('tenant rule', rule, {
      apiGroup: TEXT,
      resources: listOf(TEXT),
      verbs: optional(listOf(TEXT)),
    });
    const { apiGroup, resources, verbs = WRITE } = rule;
    return new TenantRules(requireTenantRule(apiGroup, resources, verbs));
  }

  private constructor(
    /** @internal */
    readonly _rule: RoleRule,
  ) {}
}
