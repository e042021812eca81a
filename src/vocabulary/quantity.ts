import { quoted } from './quoted';

const QUANTITY = /^[0-9]{1,20}(?:\.[0-9]{1,20})?(?:m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** Returns `value` when Kubernetes reads it as a quantity that is not negative; throws otherwise. */
export function requireQuantity(what: string, value: string): string {
  if (typeof value !== 'string' || !QUANTITY.test(value)) {
    throw new Error(`${what} must be a quantity such as '500m' or '8Gi', got ${quoted(value)}`);
  }
  return value;
}
