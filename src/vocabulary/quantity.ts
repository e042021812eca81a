/** Returns `value` when Kubernetes reads it as a quantity that is not negative; throws otherwise. */
export function requireQuantity(what: string, value: string): string {
  if (!/^[0-9]+(?:\.[0-9]+)?(?:m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.test(value)) {
    throw new Error(`${what} must be a quantity such as '500m' or '8Gi', got '${value}'`);
  }
  return value;
}
