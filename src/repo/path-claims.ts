const DIRECTORY = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Which paths constructs write, also on disks that do not tell capitals from small letters. */
export class PathClaims {
  private readonly spellings = new Map<string, string>();
  private readonly told = new Set<string>();

  constructor(private readonly errors: string[]) {}

  /** Adds an error when the child of a repository at `constructPath` can have no directory named by its `id`. */
  public requireDirectory(id: string, constructPath: string): void {
    if (!DIRECTORY.test(id)) {
      this.errors.push(
        `[${constructPath}] id must be a directory name of letters, digits, '.', '_' and '-', got '${id}'`,
      );
    }
  }

  /** Adds an error when `path`, or a directory on the way to it, differs from another only in case; each once. */
  public claim(path: string, constructPath: string): void {
    for (let end = 0; end >= 0;) {
      end = path.indexOf('/', end + 1);
      const part = end < 0 ? path : path.slice(0, end);
      const key = part.toLowerCase();
      const other = this.spellings.get(key) ?? part;
      this.spellings.set(key, other);
      if (other !== part) {
        this.clash(part, other, constructPath);
        return;
      }
    }
  }

  private clash(path: string, other: string, constructPath: string): void {
    if (!this.told.has(path)) {
      this.told.add(path);
      this.errors.push(
        `[${constructPath}] '${path}' and '${other}' differ only in case, which some disks ignore; rename one of them`,
      );
    }
  }
}

/** An error for every path that would be both a file and a directory. */
export function filesAbove(paths: ReadonlySet<string>): string[] {
  const errors: string[] = [];
  for (const path of paths) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end);
      if (paths.has(above)) {
        errors.push(`'${above}' would be both a file and the directory of '${path}'`);
      }
    }
  }
  return errors;
}
