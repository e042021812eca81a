/** Whether two values are written as the same JSON, whatever the order of their keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, i) => isSameJson(item ?? null, other[i] ?? null))
    );
  }
  const fields = written(one);
  const others = new Map(written(other));
  return (
    fields.length === others.size &&
    fields.every(([key, value]) => others.has(key) && isSameJson(value, others.get(key)))
  );
}

/** JSON has no fields without a value. */
function written(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, one]) => one !== undefined);
}
