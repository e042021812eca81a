import { requireDnsLabel } from './names';

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
   * Whether objects that pass and objects that fail are written beside the policies, in the format of `kyverno test`.
   *
   * @default false
   */
  readonly tests?: boolean;
}

/** How Kyverno's admission policies are brought to the clusters. */
export interface KyvernoAdmissionOptions extends AdmissionOptions {
  /** Id of the `PlatformComponent` that installs Kyverno 1.19 or later, on every cluster. */
  readonly component: string;
}

/** What enforces the policies that keep tenants apart. */
export class Admission {
  /**
   * The API server itself, by ValidatingAdmissionPolicies: nothing has to be installed, and nothing can be down.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
   */
  public static native(options: AdmissionOptions = {}): Admission {
    return new Admission('native', options);
  }

  /**
   * Kyverno, by ValidatingPolicies, which also reports on what was there before. While Kyverno is down, tenants' objects
   * are refused.
   *
   * @see https://kyverno.io/docs/policy-types/validating-policy/
   */
  public static kyverno(options: KyvernoAdmissionOptions): Admission {
    return new Admission(
      'kyverno',
      options,
      requireDnsLabel('platform component', options.component),
    );
  }

  private constructor(
    /** @internal */
    readonly _engine: 'native' | 'kyverno',
    private readonly options: AdmissionOptions,
    /**
     * Id of the component that must be there first.
     *
     * @internal
     */
    readonly _component?: string,
  ) {}

  /** @internal */
  public get _audits(): boolean {
    return this.options.mode === AdmissionMode.AUDIT;
  }

  /** @internal */
  public get _hasTests(): boolean {
    return this.options.tests ?? false;
  }
}
