/** Numbers that look random and are the same for a seed. */
export class Chance {
  constructor(private state: number) {}

  /** At least 0 and below 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  public is(probability: number): boolean {
    return this.next() < probability;
  }

  public upTo(most: number): number {
    return Math.floor(this.next() * (most + 1));
  }

  public oneOf<T>(values: readonly T[]): T {
    return values[this.upTo(values.length - 1)];
  }

  public some<T>(probability: number, value: () => T): T | undefined {
    return this.is(probability) ? value() : undefined;
  }

  public list<T>(most: number, value: (i: number) => T): T[] {
    return Array.from({ length: this.upTo(most) }, (_, i) => value(i));
  }
}
