import { NamespaceIndex, Selection } from './namespace-index';

/** The known namespaces whose names match one of several patterns of Kyverno, with '*' for any characters and '?' for one. */
export function selectsName(patterns: readonly string[], namespaces: NamespaceIndex): Selection {
  const members = [...namespaces.labels.keys()].filter((name) =>
    patterns.some((pattern) => matches(pattern, name)),
  );
  return { words: `namespaces named ${patterns.join(', ')}`, members: new Set(members) };
}

/** Walks along both at once and goes back to the last '*' only: no pattern takes more than quadratic time. */
function matches(pattern: string, name: string): boolean {
  let [at, star, retry] = [0, -1, 0];
  for (let i = 0; i < name.length;) {
    if (pattern[at] === '*') {
      [star, retry] = [at++, i];
    } else if (pattern[at] === '?' || pattern[at] === name[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++retry;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
