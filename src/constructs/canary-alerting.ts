import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { AlertProvider } from '../imports/flagger.app';
import { CanaryAlertChannel } from '../vocabulary/canary-alert-channel';
import { madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { requireObjectName } from '../vocabulary/names';
import { tenantOf } from '../vocabulary/ports';
import { AlertSeverity } from './alerting';

/** Who hears of canaries, and of what. */
export interface CanaryAlertingProps {
  /** Where Flagger posts. */
  readonly channel: CanaryAlertChannel;
  /**
   * `ERROR` tells of versions that were rolled back, or wait for somebody; `INFO` of every new one and every promotion, too.
   *
   * @default AlertSeverity.ERROR
   */
  readonly severity?: AlertSeverity;
}

/**
 * Tells of the canaries that name it in their `alerts`: an AlertProvider beside them. Canaries that name none are told of where the
 * platform has Flagger tell of all.
 *
 * @see https://docs.flagger.app/usage/alerting#canary-configuration
 */
export class CanaryAlerting extends Construct {
  /** The object itself, for what the props do not reach. */
  public readonly provider: AlertProvider;
  private readonly metadata: { readonly name: string; readonly namespace: string };
  private readonly severity: AlertSeverity;

  public constructor(scope: Construct, id: string, props: CanaryAlertingProps) {
    super(scope, id);
    requireProps(`canary alerting '${id}'`, props, {
      channel: madeBy(CanaryAlertChannel, "slack(SecretRef.named('slack-webhook'))"),
      severity: optional(oneOf(AlertSeverity)),
    });
    const namespace = Chart.of(this).namespace ?? tenantOf(this).homeNamespace;
    this.metadata = { name: requireObjectName('canary alerting', id), namespace };
    this.severity = props.severity ?? AlertSeverity.ERROR;
    this.provider = new AlertProvider(this, 'provider', {
      metadata: this.metadata,
      spec: props.channel._spec(namespace),
    });
    this.node.defaultChild = this.provider;
  }

  /** An item of `spec.analysis.alerts`. Throws when it lies in another namespace. @internal */
  public _spec(namespace: string): any {
    const { name } = this.metadata;
    if (this.metadata.namespace !== namespace) {
      throw new Error(
        `canary alerting '${name}' must be in namespace '${namespace}', as the canary, got '${this.metadata.namespace}'`,
      );
    }
    // Flagger sends nothing where no severity is said.
    return { name, providerRef: { name }, severity: this.severity };
  }
}
