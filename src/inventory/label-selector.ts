/** Whether `labels` are those that a label selector asks for. One that the API server refuses selects nothing. */
export function isSelected(selector: any, labels: Readonly<Record<string, string>>): boolean {
  if (selector === null || typeof selector !== 'object') {
    return false;
  }
  const equal = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => valueOf(labels, key) === value,
  );
  return equal && [selector.matchExpressions ?? []].flat().every((one) => holds(one, labels));
}

function holds(requirement: any, labels: Readonly<Record<string, string>>): boolean {
  const { key, operator, values } = requirement ?? {};
  const value = valueOf(labels, key);
  const listed = Array.isArray(values) ? values : [];
  switch (operator) {
    case 'In':
      return listed.length > 0 && listed.includes(value);
    case 'NotIn':
      return listed.length > 0 && !listed.includes(value);
    case 'Exists':
      return listed.length === 0 && value !== undefined;
    case 'DoesNotExist':
      return listed.length === 0 && value === undefined;
    default:
      return false;
  }
}

function valueOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
