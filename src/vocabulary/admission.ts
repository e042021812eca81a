import { requireDnsLabel } from './names';
import { quoted } from './quoted';
import { BOOLEAN, TEXT, oneOf, optional, requireProps } from './form';

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
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  public static native(options: AdmissionOptions = {}): Admission {
    requireProps('Admission.native', options, { mode: optional(oneOf(AdmissionMode)) });
    return new Admission('native', options.mode);
  }

  /**
   * Kyverno, by ValidatingPolicies, which also reports on what was there before. While Kyverno is down, tenants' objects
   * are refused.
   *
   * Throws when the component is no DNS label, or one that every fleet has by itself.
   *
   * @see https://kyverno.io/docs/policy-types/validating-policy/
   */
  public static kyverno(options: KyvernoAdmissionOptions): Admission {
    requireProps('Admission.kyverno', options, {
      component: TEXT,
      mode: optional(oneOf(AdmissionMode)),
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
    return new Admission('kyverno', options.mode, component, options.tests);
  }

  private constructor(
    /** @internal */
    readonly _engine: 'native' | 'kyverno',
    private readonly mode: AdmissionMode = AdmissionMode.ENFORCE,
    /**
     * Id of the component that must be there first.
     *
     * @internal
     */
    readonly _component?: string,
    /** @internal */
    readonly _hasTests: boolean = false,
  ) {}

  /** @internal */
  public get _audits(): boolean {
    return this.mode === AdmissionMode.AUDIT;
  }
}
