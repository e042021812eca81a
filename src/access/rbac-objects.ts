import { AppliedManifest } from '../inventory/applied-manifests';
import { isSelected } from '../inventory/label-selector';
import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { AccessRule, readRule } from './policy-rule';
import { addTo } from '../vocabulary/grouped';

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding {
  /** The binding in words. */
  readonly title: string;
  /** @default - none; it is a ClusterRoleBinding */
  readonly inNamespace?: string;
  readonly subjects: any[];
  readonly roleRef: any;
  readonly constructPath: string;
}

/** A Role or ClusterRole. */
interface Role {
  readonly title: string;
  readonly rules: AccessRule[];
  readonly labels: Record<string, string>;
  /** @default - the role aggregates no others */
  readonly selectors?: any[];
  readonly isCluster: boolean;
  readonly constructPath: string;
}

/** A rule, and where it comes from. */
export interface RuleSource {
  readonly rule: AccessRule;
  /** Which rule of which role it is, in words. */
  readonly title: string;
  readonly constructPath: string;
}

/** All that is known of the role of a binding. */
export interface ResolvedRole {
  /** The role in words. */
  readonly title: string;
  readonly rules: RuleSource[];
  /** Why there may be more rules than those. */
  readonly unknowns: string[];
}

const RBAC = 'rbac.authorization.k8s.io';

/** The roles and bindings of one cluster. */
export class RbacObjects {
  public readonly bindings: Binding[] = [];
  private readonly roles: Role[] = [];
  private readonly byTitle = new Map<string, Role[]>();

  public constructor(manifests: readonly AppliedManifest[]) {
    for (const { manifest, constructPath } of manifests) {
      if (apiGroupOf(String(manifest.apiVersion)) === RBAC) {
        this.add(manifest, constructPath);
      }
    }
  }

  /** The rules of all roles, bound or not. */
  public rules(): AccessRule[] {
    return this.roles.flatMap(({ rules }) => rules);
  }

  /** The role that `binding` refers to, in words. */
  public titleOfRole({ roleRef, inNamespace }: Binding): string {
    const [kind, name] = [String(roleRef?.kind), String(roleRef?.name)];
    return titleOf(kind, name, kind === 'ClusterRole' ? undefined : inNamespace);
  }

  /** The role that `binding` refers to, which may lie outside of what is known. */
  public roleOf(binding: Binding): ResolvedRole {
    const { title } = binding;
    const role = this.titleOfRole(binding);
    const sources = this.sourcesOf(role);
    if (sources.length === 0) {
      const unknown = `${title} gives ${role}, which is not in the program`;
      return { title: role, rules: [], unknowns: [unknown] };
    }
    return {
      title: role,
      rules: sources.flatMap(({ rules, title: source, constructPath }) =>
        rules.map((rule, i) => ({ rule, title: `rule ${i + 1} of ${source}`, constructPath })),
      ),
      unknowns: sources
        .filter(({ selectors }) => selectors !== undefined)
        .map(
          (one) =>
            `${title} gives ${one.title}, which takes in the rules of every ClusterRole with its labels, ` +
            'also of those that are not in the program',
        ),
    };
  }

  /**
   * A role and all that it aggregates, on however many steps. What an aggregating role says itself counts, too: Flux
   * writes it time and again, and the cluster overwrites it as often. So does each of two roles of one name, of which
   * lists may hold any number.
   */
  private sourcesOf(title: string): Role[] {
    const sources = new Set(this.byTitle.get(title));
    for (const { selectors } of sources) {
      for (const other of selectors ? this.roles : []) {
        if (other.isCluster && selectors!.some((one) => isSelected(one, other.labels))) {
          sources.add(other);
        }
      }
    }
    return [...sources];
  }

  private add(manifest: any, constructPath: string): void {
    const { metadata, subjects, roleRef, rules } = manifest;
    const [kind, name] = [String(manifest.kind), String(metadata?.name)];
    const isCluster = kind.startsWith('Cluster');
    const inNamespace = isCluster ? undefined : String(metadata?.namespace ?? 'default');
    const title = titleOf(kind, name, inNamespace);
    if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
      const list = Array.isArray(subjects) ? subjects : [];
      this.bindings.push({ title, inNamespace, subjects: list, roleRef, constructPath });
    } else if (kind === 'Role' || kind === 'ClusterRole') {
      const role: Role = {
        title,
        rules: (Array.isArray(rules) ? rules : []).map(readRule),
        labels: metadata?.labels ?? {},
        selectors: isCluster ? selectorsOf(manifest) : undefined,
        isCluster,
        constructPath,
      };
      this.roles.push(role);
      addTo(this.byTitle, title, role);
    }
  }
}

function selectorsOf({ aggregationRule }: any): any[] | undefined {
  if (aggregationRule === undefined || aggregationRule === null) {
    return undefined;
  }
  const selectors = aggregationRule.clusterRoleSelectors;
  return Array.isArray(selectors) ? selectors : [];
}

/** An object in words, which tell it from all others. */
function titleOf(kind: string, name: string, inNamespace: string | undefined): string {
  return `${kind} '${name}'${inNamespace === undefined ? '' : ` in namespace '${inNamespace}'`}`;
}
