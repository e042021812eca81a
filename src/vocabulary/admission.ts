import { BOOLEAN, TEXT, listOf, oneOf, optional, requireProps } from './form';
import { requireGroupName } from './group-name';
import { requireDnsLabel } from './names';
import { quoted } from './quoted';

/** The component that holds the admission policies. */
export const ADMISSION_COMPONENT = 'admission';

/** The component that holds the roles of tenants. */
export const TENANCY_COMPONENT = 'tenancy';

/** How admission policies treat what breaks them. */
export enum AdmissionMode {
  /** It is refused. */
  ENFORCE = 'enforce',
  /** It is let through, and told of: a step of a rollout, not a place to stay. */
  AUDIT = 'audit',
}

/** How admission policies are brought to the clusters. */
export interface AdmissionOptions {
  /**
   * What becomes of an object that breaks a policy.
   *
   * @default AdmissionMode.ENFORCE
   */
  readonly mode?: AdmissionMode;
  /**
   * Groups of your identity provider, such as `acme:platform-admins`, whose people may change by hand what decides over a tenant
   * in its namespaces: its label, Pod Security, account and lists of sources. For when Flux cannot, and for clouds that
   * make nobody a member of `system:masters`. They need the rights as well; Flux takes back what they change once it is there again.
   *
   * @default - nobody but Flux for the platform, and `system:masters`
   */
  readonly breakGlassGroups?: string[];
}

/** How Kyverno's admission policies are brought to the clusters. */
export interface KyvernoAdmissionOptions extends AdmissionOptions {
  /** Id of the `PlatformComponent` that installs Kyverno 1.19 or later, on every cluster. */
  readonly component: string;
  /**
   * Whether objects that pass and objects that fail are written beside the policies, for `kyverno test`. (It does not
   * show namespaces to native policies, which is why those have none.)
   *
   * @default false
   */
  readonly tests?: boolean;
}

/** What enforces the policies that keep tenants apart. */
export class Admission {
  /**
   * The API server itself, by ValidatingAdmissionPolicies: nothing has to be installed, and nothing can be down.
   *
   * Throws when a break-glass group is Kubernetes' own, or has quotes, brackets or the like in its name.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  public static native(options: AdmissionOptions = {}): Admission {
    requireProps('Admission.native', options, {
      mode: optional(oneOf(AdmissionMode)),
      breakGlassGroups: optional(listOf(TEXT)),
    });
    return new Admission('native', options);
  }

  /**
   * Kyverno, by ValidatingPolicies, which also reports on what was there before. While Kyverno is down, tenants' objects
   * are refused.
   *
   * Throws when the component is no DNS label, or one that every fleet has by itself; and as `native` does.
   *
   * @see https://kyverno.io/docs/policy-types/validating-policy/
   */
  public static kyverno(options: KyvernoAdmissionOptions): Admission {
    requireProps('Admission.kyverno', options, {
      component: TEXT,
      mode: optional(oneOf(AdmissionMode)),
      breakGlassGroups: optional(listOf(TEXT)),
      tests: optional(BOOLEAN),
    });
    const component = requireDnsLabel('platform component', options.component);
    // Flux would wait for 'admission' before it applies 'admission', for ever and without a word of why.
    if ([ADMISSION_COMPONENT, TENANCY_COMPONENT].includes(component)) {
      throw new Error(
        `component that installs Kyverno must not be ${quoted(component)}, which every fleet has by itself; ` +
          'name a PlatformComponent of your own',
      );
    }
    return new Admission('kyverno', options, component, options.tests);
  }

  /** @internal */
  readonly _audits: boolean;
  /** @internal */
  readonly _breakGlassGroups: readonly string[];

  private constructor(
    /** @internal */
    readonly _engine: 'native' | 'kyverno',
    options: AdmissionOptions,
    /**
     * Id of the component that must be there first.
     *
     * @internal
     */
    readonly _component?: string,
    /** @internal */
    readonly _hasTests: boolean = false,
  ) {
    this._audits = options.mode === AdmissionMode.AUDIT;
    this._breakGlassGroups = (options.breakGlassGroups ?? []).map(requireBreakGlassGroup);
  }
}

/** It becomes a text between quotes in CEL, which has to mean itself and nothing else. */
function requireBreakGlassGroup(name: string): string {
  const group = requireGroupName('break-glass group', name);
  if (!/^[A-Za-z0-9 @:._/+=,-]+$/.test(group)) {
    throw new Error(
      `break-glass group must be of letters, digits, spaces and '@:._/+=,-', got ${quoted(group)}`,
    );
  }
  return group;
}
