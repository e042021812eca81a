import { quoted } from './quoted';

/**
 * What pods of a tenant may be.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurity {
  /**
   * No privilege, no root, no host access.
   *
   * @param version of the standard, so that a cluster upgrade does not tighten it unasked. Default: v1.34
   */
  public static restricted(version: string = 'v1.34'): PodSecurity {
    return new PodSecurity('restricted', version);
  }

  /**
   * No known escalation, but root within the container: for images that cannot do without. Pods that `restricted`
   * would refuse are reported.
   *
   * @param version of the standard. Default: v1.34
   */
  public static baseline(version: string = 'v1.34'): PodSecurity {
    return new PodSecurity('baseline', version);
  }

  private constructor(
    private readonly level: string,
    private readonly version: string,
  ) {
    if (!/^v1\.[0-9]{1,3}$/.test(version)) {
      throw new Error(`pod security version must be such as 'v1.34', got ${quoted(version)}`);
    }
  }

  /** Labels of a namespace. @internal */
  public get _labels(): Record<string, string> {
    const labels: Record<string, string> = {};
    for (const mode of ['enforce', 'audit', 'warn']) {
      labels[`pod-security.kubernetes.io/${mode}`] = mode === 'enforce' ? this.level : 'restricted';
      labels[`pod-security.kubernetes.io/${mode}-version`] = this.version;
    }
    return labels;
  }
}
