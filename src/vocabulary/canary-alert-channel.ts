import { requireChannel } from './channel';
import { SECRET_REF, requireForm } from './form';
import { SecretRef } from './secret-ref';

/**
 * Where Flagger tells of canaries. The Secret's key `address` holds the URL that it posts to, which is a credential.
 *
 * @see https://docs.flagger.app/usage/alerting#canary-configuration
 */
export class CanaryAlertChannel {
  /**
   * Slack.
   *
   * @param secret with `address`, the URL of an incoming webhook; or `address`, `https://slack.com/api/chat.postMessage`, and `token`,
   * that of a bot
   * @param channel that a bot posts to. Default: that of the webhook
   */
  public static slack(secret: SecretRef, channel?: string): CanaryAlertChannel {
    return new CanaryAlertChannel('slack', secret, channel);
  }

  /** Microsoft Teams. */
  public static microsoftTeams(secret: SecretRef): CanaryAlertChannel {
    return new CanaryAlertChannel('msteams', secret);
  }

  /** Discord. */
  public static discord(secret: SecretRef): CanaryAlertChannel {
    return new CanaryAlertChannel('discord', secret);
  }

  /** Rocket.Chat, with the channel that it posts to. */
  public static rocketChat(secret: SecretRef, channel: string): CanaryAlertChannel {
    return new CanaryAlertChannel('rocket', secret, channel);
  }

  /** Google Chat. */
  public static googleChat(secret: SecretRef): CanaryAlertChannel {
    return new CanaryAlertChannel('gchat', secret);
  }

  private constructor(
    private readonly type: 'discord' | 'gchat' | 'msteams' | 'rocket' | 'slack',
    private readonly secret: SecretRef,
    private readonly channel?: string,
  ) {
    requireForm('secret of an alert channel', secret, SECRET_REF);
    requireChannel(channel);
  }

  /** `spec` of an AlertProvider in a namespace. @internal */
  public _spec(namespace: string): any {
    return {
      ...(this.channel !== undefined && { channel: this.channel }),
      secretRef: this.secret._from(namespace),
      type: this.type,
    };
  }
}
