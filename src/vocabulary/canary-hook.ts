import { Duration } from 'cdk8s';
import { flaggerDuration } from './flagger-duration';
import { DURATION, MAP, NUMBER, TEXT, oneOf, optional, requireProps } from './form';
import { requireDnsLabel } from './names';
import { quoted } from './quoted';
import { requireUrlPath } from './url';
import { requireWholeNumber } from './whole-number';

/** When Flagger calls, and what it makes of the answer. */
export enum CanaryHookKind {
  /** Before the new version gets pods: it waits until the answer is a success. */
  CONFIRM_ROLLOUT = 'confirm-rollout',
  /** Before the new version gets traffic: a failure counts as a failed look. */
  PRE_ROLLOUT = 'pre-rollout',
  /** At every look: a failure counts as a failed look. */
  ROLLOUT = 'rollout',
  /** Before each further share of traffic: it waits until the answer is a success. */
  CONFIRM_TRAFFIC_INCREASE = 'confirm-traffic-increase',
  /** Before the new version is promoted: it waits until the answer is a success, and looks on meanwhile. */
  CONFIRM_PROMOTION = 'confirm-promotion',
  /** After it was promoted or rolled back. */
  POST_ROLLOUT = 'post-rollout',
  /** At every look: a success rolls back. */
  ROLLBACK = 'rollback',
  /** With every event. */
  EVENT = 'event',
}

/** What Flagger calls. */
export interface CanaryHookOptions {
  /** Name of a Service in the namespace of the canary. */
  readonly service: string;
  /** @default 80 */
  readonly port?: number;
  /** @default '/' */
  readonly path?: string;
  /** How long Flagger waits for the answer, in whole seconds. @default Duration.seconds(10) */
  readonly timeout?: Duration;
  /**
   * What the body of the request holds besides name, namespace and phase.
   *
   * @default - nothing
   */
  readonly metadata?: { [key: string]: string };
  /**
   * How long a hook that Flagger waits for may keep it waiting. Flagger itself waits for ever; syncs that wait for health must wait as
   * long.
   *
   * @default - an hour, with kinds that it waits for
   */
  readonly patience?: Duration;
}

/** The canary that a hook is called for. */
export interface HookedCanary {
  readonly namespace: string;
  /** The Service that Flagger makes. */
  readonly service: string;
  readonly port: number;
  /** Host that requests from outside are for. */
  readonly host?: string;
  /** Header that requests must have to reach the new version. */
  readonly header?: string;
  /** Seconds from one look to the next. */
  readonly interval: number;
}

/** What a hook says that only its canary can tell. */
export type HookMetadata = (canary: HookedCanary) => Record<string, string>;

/** Kinds that Flagger waits for, as long as it takes. */
const GATES = [
  CanaryHookKind.CONFIRM_ROLLOUT,
  CanaryHookKind.CONFIRM_TRAFFIC_INCREASE,
  CanaryHookKind.CONFIRM_PROMOTION,
];

/**
 * What Flagger calls during a rollout: a Service in the namespace of the canary, and nothing else, for Flagger reaches further than the
 * tenant.
 *
 * @see https://docs.flagger.app/usage/webhooks
 */
export class CanaryHook {
  /** Throws when the name, port or path is none, or Flagger would not wait for the kind and there is patience. */
  public static call(kind: CanaryHookKind, options: CanaryHookOptions): CanaryHook {
    return new CanaryHook(kind, options);
  }

  /** A hook of something that lies in a namespace known to the program. @internal */
  public static _in(
    namespace: string,
    kind: CanaryHookKind,
    options: CanaryHookOptions,
    metadata?: HookMetadata,
  ): CanaryHook {
    return new CanaryHook(kind, options, metadata, namespace);
  }

  private readonly timeout: Duration;

  private constructor(
    private readonly kind: CanaryHookKind,
    private readonly options: CanaryHookOptions,
    private readonly metadataFor?: HookMetadata,
    private readonly knownNamespace?: string,
  ) {
    requireProps('hook of a canary', options, {
      service: TEXT,
      port: optional(NUMBER),
      path: optional(TEXT),
      timeout: optional(DURATION),
      metadata: optional(MAP),
      patience: optional(DURATION),
    });
    const { service, port = 80, path = '/', patience } = options;
    if (!oneOf(CanaryHookKind as any).fits(kind)) {
      throw new Error(`kind of a hook must be a CanaryHookKind, got ${quoted(kind)}`);
    }
    requireDnsLabel('service of a hook', service);
    requireWholeNumber('port of a hook', port, 1, 65535);
    requireUrlPath('path of a hook', path);
    for (const [key, value] of Object.entries(options.metadata ?? {})) {
      if (typeof value !== 'string') {
        throw new Error(`metadata '${key}' of a hook must be a text, got a ${typeof value}`);
      }
    }
    if (patience !== undefined && !GATES.includes(kind)) {
      throw new Error(`hook '${kind}' must have no patience: Flagger does not wait for it`);
    }
    this.timeout = options.timeout ?? Duration.seconds(10);
    flaggerDuration('timeout of a hook', this.timeout);
  }

  /** Seconds that Flagger calls it for at every look. @internal */
  public get _secondsPerLook(): number {
    return this.kind === CanaryHookKind.ROLLOUT ? this.timeout.toSeconds() : 0;
  }

  /** Seconds that it can make a rollout longer, which may fail it this often. @internal */
  public _delay(threshold: number): number {
    if (GATES.includes(this.kind)) {
      return (this.options.patience ?? Duration.hours(1)).toSeconds();
    }
    return this.kind === CanaryHookKind.PRE_ROLLOUT ? threshold * this.timeout.toSeconds() : 0;
  }

  /** An item of `spec.analysis.webhooks`. Throws when what it calls lies in another namespace. @internal */
  public _spec(canary: HookedCanary): any {
    const { service, port = 80, path = '/' } = this.options;
    const { namespace } = canary;
    if (this.knownNamespace !== undefined && this.knownNamespace !== namespace) {
      throw new Error(
        `service '${service}' of a hook must be in namespace '${namespace}', as the canary, got '${this.knownNamespace}'`,
      );
    }
    const metadata = { ...this.options.metadata, ...this.metadataFor?.(canary) };
    const authority = `${service}.${namespace}.svc${port === 80 ? '' : `:${port}`}`;
    return {
      name: `${service} ${this.kind}`,
      type: this.kind,
      url: `http://${authority}${path}`,
      timeout: flaggerDuration('timeout of a hook', this.timeout),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
  }
}
