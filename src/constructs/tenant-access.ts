import { Construct } from 'constructs';
import { requireEnvironment } from '../vocabulary/environment-patch';
import { fleetOf } from '../vocabulary/fleet-ports';
import { TEXT, listOf, optional, requireProps } from '../vocabulary/form';
import { requireGroupName } from '../vocabulary/group-name';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ITenant, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { TENANT_DEBUG, TENANT_VIEW } from './people-roles';
import { groupSubject, tenantRoleBinding } from './role-binding';
import { TENANT_APP_ADMIN } from './tenant-app-admin';

/**
 * Which groups of people may do what. A group is named as the API server knows it, with the prefix that it gives to
 * groups of the identity provider.
 */
export interface TenantAccessProps {
  /**
   * Groups that may look: at what the tenant's account may read, but for Secrets, and at what bounds the tenant.
   *
   * @default - none
   */
  readonly viewers?: string[];
  /**
   * Groups that may look, and run commands in pods, add containers for debugging, forward ports and delete pods. Whoever
   * runs commands in a pod sees what it sees, such as Secrets that it mounts and the token of its account.
   *
   * @default - none
   */
  readonly debuggers?: string[];
  /**
   * Groups that may look, and do past Git what the tenant's account may: read and write Secrets, workloads and Flux's
   * objects. Flux takes back what differs from Git. It is for emergencies.
   *
   * @default - none
   */
  readonly appAdmins?: string[];
  /**
   * The one environment in which they may.
   *
   * @default - every environment of the tenant
   */
  readonly environment?: string;
}

/**
 * What people of a tenant may do in each of its namespaces, and nowhere else: RoleBindings to the ClusterRoles
 * `tenant-view`, `tenant-debug` and `tenant-app-admin`, which are in the platform component `tenancy`.
 *
 * Unlike the binding of the tenant's account, those of people disappear with the tenant, or with what is taken out of the
 * program: Flux needs the account to remove what it applied, but nobody needs a person's access then.
 *
 * Throws when it is not inside a Tenant, the tenant is not in the environment, no group is named, or a group is no
 * readable name, one of Kubernetes' own (`system:…`), or one that breaks the glass.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export class TenantAccess extends Construct {
  public constructor(scope: Construct, id: string, props: TenantAccessProps) {
    super(scope, id);
    requireProps(`access '${id}'`, props, {
      viewers: optional(listOf(TEXT)),
      debuggers: optional(listOf(TEXT)),
      appAdmins: optional(listOf(TEXT)),
      environment: optional(TEXT),
    });
    const tenant = tenantOf(this);
    if (!this.node.scopes.includes(tenant)) {
      throw new Error(
        `access '${this.node.path}' must be created inside the Tenant: its repository is applied with its own rights`,
      );
    }
    const { viewers = [], debuggers = [], appAdmins = [] } = props;
    const everyone = [...viewers, ...debuggers, ...appAdmins];
    const groups: [role: string, groups: string[]][] = [
      [TENANT_VIEW, everyone],
      [TENANT_DEBUG, debuggers],
      [TENANT_APP_ADMIN, appAdmins],
    ];
    if (everyone.length === 0) {
      throw new Error(`access '${id}' of tenant '${tenant.tenantName}' must name a group`);
    }

    const breaking = everyone.find((one) => fleetOf(tenant)._breakGlassGroups.includes(one));
    if (breaking !== undefined) {
      throw new Error(
        `group ${quoted(breaking)} must not be one of tenant '${tenant.tenantName}', because it breaks the glass ` +
          "('breakGlassGroups' of the fleet's admission), and could change what bounds the tenant; make a group for each",
      );
    }

    const name = requireDnsLabel('access', id);
    this.placeIn(tenant, props.environment);
    for (const [role, names] of groups) {
      const subjects = [...new Set(names)].map((one) =>
        groupSubject(requireGroupName('group', one)),
      );
      for (const namespace of subjects.length > 0 ? tenant.namespaces : []) {
        const level = role.replace(/^tenant-/, '');
        const metadata = { name: `${name}-${level}`, namespace };
        tenantRoleBinding(this, `${namespace}-${level}`, metadata, role, subjects);
      }
    }
  }

  private placeIn(tenant: ITenant, environment: string | undefined): void {
    const file = 'access';
    if (environment === undefined) {
      place(this, { file });
      return;
    }
    requireEnvironment(this, environment);
    place(this, {
      shelf: { kind: 'overlay', tenant: tenant.tenantName, environment },
      clusters: tenant.clusters
        .filter((cluster) => cluster.environment === environment)
        .map((cluster) => cluster.clusterName),
      file,
    });
  }
}
