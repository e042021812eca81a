/** The word of `known` that `word` is most likely a misspelling of; undefined when it is like none. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  // A third of the letters wrong is another word.
  let best = Math.max(1, Math.floor(word.length / 3)) + 1;
  let found: string | undefined;
  for (const one of known) {
    const away = distance(word.toLowerCase(), one.toLowerCase());
    if (away < best) {
      best = away;
      found = one;
    }
  }
  return found;
}

/** How many letters must be added, left out, replaced or swapped with their neighbour to make one word the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    before = row;
    row = next;
  }
  return row[b.length];
}
