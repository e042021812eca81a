import { quoted } from './quoted';

/** What does not show, or shows as something else: controls, marks that turn or join text, spaces other than the plain one. */
const DECEPTIVE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;
const LONGEST = 256;

/** Returns `value` when it can be a group of an identity provider, as a reviewer reads it; throws otherwise. */
export function requireGroupName(what: string, value: string): string {
  const isReadable =
    typeof value === 'string' &&
    value.length <= LONGEST &&
    value.trim() === value &&
    value !== '' &&
    !value.includes('*') &&
    !DECEPTIVE.test(value);
  if (!isReadable) {
    throw new Error(
      `${what} must be a name of one line, at most ${LONGEST} characters, without '*', got ${quoted(value)}`,
    );
  }
  if (/^system:/i.test(value)) {
    throw new Error(
      `${what} must not begin with 'system:', which is Kubernetes' own, got ${quoted(value)}`,
    );
  }
  return value;
}
