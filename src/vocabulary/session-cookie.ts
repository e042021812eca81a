import { Duration } from 'cdk8s';
import { DURATION, TEXT, optional, requireProps } from './form';
import { quoted } from './quoted';

/** The cookie by which clients stay with the new version that they have seen. */
export interface SessionCookie {
  /** Its name: letters, digits, `_` and `-`. */
  readonly cookieName: string;
  /**
   * How long a client keeps it, in whole seconds.
   *
   * @default - a day
   */
  readonly maxAge?: Duration;
}

/** Neither scripts nor requests in clear text see the cookie. */
export function affinity(cookie: SessionCookie): Record<string, unknown> {
  requireProps('session cookie', cookie, { cookieName: TEXT, maxAge: optional(DURATION) });
  const { cookieName, maxAge } = cookie;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(cookieName)) {
    throw new Error(`cookieName must be letters, digits, '_' and '-', got ${quoted(cookieName)}`);
  }
  const seconds = maxAge?.toSeconds({ integral: false });
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds > 0)) {
    throw new Error(`maxAge must be whole seconds, got ${maxAge?.toHumanString()}`);
  }
  return {
    sessionAffinity: {
      cookieName,
      httpOnly: true,
      ...(seconds !== undefined && { maxAge: seconds }),
      secure: true,
    },
  };
}
