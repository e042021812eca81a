import { SECRET_REF, requireForm } from './form';
import { SecretRef } from './secret-ref';

/**
 * How Flux talks to Slack.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#slack
 */
export class SlackCredentials {
  /** A bot: the Secret's key `token` holds its `xoxb-…` token, and it posts to the channel of the alerting. */
  public static bot(token: SecretRef): SlackCredentials {
    return new SlackCredentials(token, true);
  }

  /** An incoming webhook: the Secret's key `address` holds its URL, which also settles the channel. */
  public static webhook(address: SecretRef): SlackCredentials {
    return new SlackCredentials(address, false);
  }

  private constructor(
    /** @internal */
    readonly _secret: SecretRef,
    /** @internal */
    readonly _isBot: boolean,
  ) {
    requireForm('secret for Slack', _secret, SECRET_REF);
  }
}
