import { Duration } from 'cdk8s';
import { fluxDuration, fluxInterval } from './flux-duration';
import { BOOLEAN, DURATION, optional, requireForm, requireProps } from './form';
import { requireWholeNumber } from './whole-number';

/** How a rollback goes. */
export interface HelmRollbackOptions {
  /**
   * How long it may take.
   *
   * @default - as long as an installation or upgrade
   */
  readonly timeout?: Duration;
  /**
   * Whether what a failed upgrade or rollback made anew is deleted.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;
}

const MOST_RETRIES = 100;

/**
 * What becomes of a release that Helm fails to install or upgrade.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling
 */
export class HelmRemediation {
  /**
   * A failed upgrade is rolled back, a failed installation is removed, and both are tried again: so often at most, until chart or
   * values change.
   *
   * @param retries how often at most. Default: 3
   */
  public static rollback(retries: number = 3, options: HelmRollbackOptions = {}): HelmRemediation {
    requireProps('rollback', options, {
      timeout: optional(DURATION),
      cleanupOnFail: optional(BOOLEAN),
    });
    const cleanup = options.cleanupOnFail && { cleanupOnFail: true };
    const rollback = {
      ...cleanup,
      ...(options.timeout && { timeout: fluxDuration('timeout of a rollback', options.timeout) }),
    };
    const remediation = { retries: requireRetries(retries) };
    return new HelmRemediation({
      install: { remediation },
      ...(Object.keys(rollback).length > 0 && { rollback }),
      upgrade: { ...cleanup, remediation: { ...remediation, strategy: 'rollback' } },
    });
  }

  /**
   * What failed stays as it is, and is tried again, without end: for charts that take several attempts to settle, and releases
   * whose state is worth more than that they are up.
   *
   * @param interval how long to wait before it is tried again. Default: 5 minutes
   */
  public static retryOnFailure(interval: Duration = Duration.minutes(5)): HelmRemediation {
    requireForm('interval of retries', interval, DURATION);
    const strategy = {
      name: 'RetryOnFailure' as const,
      retryInterval: fluxInterval('interval of retries', interval),
    };
    return new HelmRemediation({ install: { strategy }, upgrade: { strategy } });
  }

  /**
   * A release whose upgrade fails is removed, with all that its objects hold, and installed anew. For what holds nothing;
   * synthesis warns of it.
   *
   * @param retries how often at most
   */
  public static uninstallAndReinstall(retries: number): HelmRemediation {
    const remediation = { retries: requireRetries(retries) };
    return new HelmRemediation(
      {
        install: { remediation },
        upgrade: { remediation: { ...remediation, strategy: 'uninstall' } },
      },
      'an upgrade that fails removes the release, with what its objects hold, such as volumes',
    );
  }

  private constructor(
    /** @internal */
    readonly _fields: HelmRemediationFields,
    /**
     * What may be regretted; undefined for nothing.
     *
     * @internal
     */
    readonly _doubt?: string,
  ) {}
}

/** What a HelmRelease calls it. */
interface HelmRemediationFields {
  readonly install: {
    readonly remediation?: { readonly retries: number };
    readonly strategy?: { readonly name: 'RetryOnFailure'; readonly retryInterval: string };
  };
  readonly rollback?: { readonly cleanupOnFail?: boolean; readonly timeout?: string };
  readonly upgrade: {
    readonly cleanupOnFail?: boolean;
    readonly remediation?: {
      readonly retries: number;
      readonly strategy: 'rollback' | 'uninstall';
    };
    readonly strategy?: { readonly name: 'RetryOnFailure'; readonly retryInterval: string };
  };
}

function requireRetries(retries: number): number {
  return requireWholeNumber('retries', retries, 1, MOST_RETRIES);
}
