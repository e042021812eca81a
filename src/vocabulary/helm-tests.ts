import { listOf, requireForm, TEXT } from './form';
import { quoted } from './quoted';

/**
 * The tests that a chart comes with, run after each installation and upgrade, as the tenant.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#test-configuration
 */
export class HelmTests {
  /** A release whose tests fail has failed, and is treated as one. */
  public static required(): HelmTests {
    return new HelmTests(false, []);
  }

  /** A release whose tests fail stays; only its events tell. */
  public static reported(): HelmTests {
    return new HelmTests(true, []);
  }

  private constructor(
    private readonly ignoreFailures: boolean,
    private readonly left: readonly string[],
  ) {}

  /** The same without some of the tests. Throws when a name is none. */
  public without(tests: string[]): HelmTests {
    requireForm('tests that are left out', tests, listOf(TEXT));
    for (const name of tests) {
      if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) {
        throw new Error(`test must have the name of an object, got ${quoted(name)}`);
      }
    }
    return new HelmTests(this.ignoreFailures, [...this.left, ...tests]);
  }

  /**
   * `spec.test` of a HelmRelease.
   *
   * @internal
   */
  public get _fields(): HelmTestFields {
    return {
      enable: true,
      ...(this.left.length > 0 && {
        filters: this.left.map((name) => ({ name, exclude: true })),
      }),
      ...(this.ignoreFailures && { ignoreFailures: true }),
    };
  }
}

/** What a HelmRelease calls it. */
interface HelmTestFields {
  readonly enable: boolean;
  readonly filters?: { readonly name: string; readonly exclude: boolean }[];
  readonly ignoreFailures?: boolean;
}
