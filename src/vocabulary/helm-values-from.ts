import { ConfigMapRef } from './config-map-ref';
import { BOOLEAN, SECRET_REF, TEXT, madeBy, optional, requireForm, requireProps } from './form';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';

/** Which values of a ConfigMap or Secret a chart gets, and where. */
export interface HelmValuesFromOptions {
  /**
   * The key of the ConfigMap or Secret that holds them.
   *
   * @default 'values.yaml'
   */
  readonly key?: string;
  /**
   * The value that it is, taken literally, as text: `auth.password`, `hosts[0].name`. For anything but a text, hold YAML in the
   * ConfigMap or Secret.
   *
   * @default - the key holds YAML with any values, which is merged into those of the chart
   */
  readonly targetPath?: string;
  /**
   * Whether the release is installed without it while it is missing.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * Values of a chart that lie in a ConfigMap or Secret of the tenant's home namespace. Later ones win over earlier ones, and
 * what the program says itself wins over all. Synthesis fails where that says something of what a `targetPath` takes: either may win.
 *
 * Flux notices a change of it at once when it has the label `reconcile.fluxcd.io/watch: Enabled`, and at the next interval
 * otherwise. One that the program makes gets the label; label what something else makes.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export class HelmValuesFrom {
  /** Throws when key or target path are none. */
  public static configMap(
    configMap: ConfigMapRef,
    options: HelmValuesFromOptions = {},
  ): HelmValuesFrom {
    requireForm('config map', configMap, madeBy(ConfigMapRef, "named('settings')"));
    return new HelmValuesFrom('ConfigMap', configMap, options);
  }

  /** Throws when key or target path are none. */
  public static secret(secret: SecretRef, options: HelmValuesFromOptions = {}): HelmValuesFrom {
    requireForm('secret', secret, SECRET_REF);
    return new HelmValuesFrom('Secret', secret, options);
  }

  private readonly fields: Omit<HelmValuesReference, 'kind' | 'name'>;

  private constructor(
    private readonly kind: 'ConfigMap' | 'Secret',
    private readonly referent: { _watchedFrom(namespace: string): string },
    options: HelmValuesFromOptions,
  ) {
    requireProps('values', options, {
      key: optional(TEXT),
      targetPath: optional(TEXT),
      optional: optional(BOOLEAN),
    });
    this.fields = {
      ...(options.key !== undefined && { valuesKey: requireKey(options.key) }),
      ...(options.targetPath !== undefined && {
        targetPath: requireTargetPath(options.targetPath),
        // Else commas, braces and the like in what is a password would be Helm's syntax.
        literal: true,
      }),
      ...(options.optional && { optional: true }),
    };
  }

  /**
   * The reference of a HelmRelease in `namespace`.
   *
   * @internal
   */
  public _from(namespace: string): HelmValuesReference {
    return { kind: this.kind, name: this.referent._watchedFrom(namespace), ...this.fields };
  }
}

/** What a HelmRelease calls it. */
interface HelmValuesReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly valuesKey?: string;
  readonly targetPath?: string;
  readonly literal?: boolean;
  readonly optional?: boolean;
}

function requireKey(key: string): string {
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..') {
    throw new Error(`key of values must be letters, digits, '-', '_' and '.', got ${quoted(key)}`);
  }
  return key;
}

function requireTargetPath(path: string): string {
  if (!/^(?:[a-zA-Z0-9_\-.\\/]|\[[0-9]{1,5}\])+$/.test(path) || path.length > 250) {
    throw new Error(
      `target path of values must be names with '.' between them, such as 'auth.password' or 'hosts[0].name', got ${quoted(path)}`,
    );
  }
  return path;
}
