import { Duration } from 'cdk8s';
import { DURATION, requireForm } from './form';

/**
 * When a sync counts as done.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#wait
 */
export class Health {
  /**
   * When every object that it applied is healthy, a canary only once its analysis has ended.
   *
   * @param timeout how long that may take; must exceed the longest canary analysis. Default: 5 minutes
   */
  public static waitForAll(timeout: Duration = Duration.minutes(5)): Health {
    requireForm('timeout', timeout, DURATION);
    return new Health(true, timeout);
  }

  /** As soon as the API server has accepted the objects, whatever becomes of them. */
  public static unchecked(): Health {
    return new Health(false, Duration.minutes(5));
  }

  private constructor(
    /** @internal */
    readonly _wait: boolean,
    /** @internal */
    readonly _timeout: Duration,
  ) {}
}
