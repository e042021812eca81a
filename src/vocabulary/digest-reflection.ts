import { Duration } from 'cdk8s';
import { fluxInterval } from './flux-duration';
import { DURATION, requireForm } from './form';

/**
 * Whether the digest of a tag is committed with it.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/#digest-reflection-policy
 */
export class DigestReflection {
  /** The digest that the tag had when it was chosen: what runs stays what was chosen, even if the tag is pushed again. */
  public static whenChosen(): DigestReflection {
    return new DigestReflection({ digestReflectionPolicy: 'IfNotPresent' });
  }

  /**
   * The digest that the tag has now, for tags that are pushed again, such as `latest`. Whoever can push the tag changes what
   * runs.
   *
   * @param interval how often the registry is asked for it; throws below ten seconds
   */
  public static always(interval: Duration): DigestReflection {
    requireForm('digest interval', interval, DURATION);
    return new DigestReflection({
      digestReflectionPolicy: 'Always',
      interval: fluxInterval('digest interval', interval),
    });
  }

  /** None: what runs changes when the tag is pushed again. */
  public static never(): DigestReflection {
    return new DigestReflection({});
  }

  private constructor(
    /** @internal */
    readonly _spec: {
      readonly digestReflectionPolicy?: 'IfNotPresent' | 'Always';
      readonly interval?: string;
    },
  ) {}

  /** @internal */
  public get _follows(): boolean {
    return this._spec.digestReflectionPolicy !== undefined;
  }
}
