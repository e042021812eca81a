import { performance } from 'perf_hooks';

/** Milliseconds by phase; of a phase within another, the inner one has the time. */
export class PhaseClock {
  private readonly milliseconds = new Map<string, number>();
  private readonly open: string[] = [];
  private since = 0;

  public during<T>(phase: string, action: () => T): T {
    this.settle();
    this.open.push(phase);
    try {
      return action();
    } finally {
      this.settle();
      this.open.pop();
    }
  }

  public get phases(): Record<string, number> {
    return Object.fromEntries(this.milliseconds);
  }

  private settle(): void {
    const now = performance.now();
    const phase = this.open.at(-1);
    if (phase !== undefined) {
      this.milliseconds.set(phase, (this.milliseconds.get(phase) ?? 0) + now - this.since);
    }
    this.since = now;
  }
}
