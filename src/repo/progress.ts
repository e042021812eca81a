/** Counts files on a terminal, once a write takes longer than a second; says nothing into a pipe. */
export class Progress {
  private readonly start = Date.now();
  private done = 0;
  private shownAt = 0;

  constructor(
    private readonly root: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  public step(): void {
    this.done++;
    if (this.stream.isTTY && this.done % 100 === 0 && Date.now() - this.start > 1000) {
      const now = Date.now();
      if (now - this.shownAt > 100) {
        this.shownAt = now;
        this.stream.write(`\r${this.root}: ${this.done}/${this.total} files`);
      }
    }
  }

  public end(): void {
    if (this.shownAt > 0) {
      this.stream.write(`\r${this.root}: ${this.done}/${this.total} files\n`);
    }
  }
}
