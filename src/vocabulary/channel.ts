import { TEXT, optional, requireForm } from './form';
import { quoted } from './quoted';

/** Throws when there is a channel, and Slack has none of such a name or id. */
export function requireChannel(channel: string | undefined): void {
  requireForm('channel', channel, optional(TEXT));
  if (channel !== undefined && !/^#?[\p{L}\p{N}_-]{1,80}$/u.test(channel)) {
    throw new Error(`channel must be a channel's name or id, got ${quoted(channel)}`);
  }
}
