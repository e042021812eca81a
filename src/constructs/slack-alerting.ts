import { Construct } from 'constructs';
import { AlertDestination } from '../vocabulary/alert-destination';
import { TEXT, madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { SlackCredentials } from '../vocabulary/slack-credentials';
import { Alerting, AlertSeverity } from './alerting';

/** What a tenant hears about, and where. */
export interface SlackAlertingProps {
  /** How Flux talks to Slack. */
  readonly credentials: SlackCredentials;
  /**
   * Channel that a bot posts to. A webhook has its own.
   *
   * @default - none; a bot must have one
   */
  readonly channel?: string;
  /**
   * Which events are worth a message.
   *
   * @default AlertSeverity.ERROR
   */
  readonly severity?: AlertSeverity;
}

/**
 * An `Alerting` in Slack.
 *
 * Throws when a bot has no channel or a webhook has one.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#slack
 */
export class SlackAlerting extends Alerting {
  public constructor(scope: Construct, id: string, props: SlackAlertingProps) {
    requireProps(`alerting '${id}'`, props, {
      credentials: madeBy(SlackCredentials, "bot(SecretRef.named('slack'))"),
      channel: optional(TEXT),
      severity: optional(oneOf(AlertSeverity)),
    });
    super(scope, id, {
      destination: AlertDestination.slack(props.credentials, props.channel),
      severity: props.severity,
    });
  }
}
