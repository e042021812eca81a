import fs from 'fs';

/** Every call of the writer that changes the disk. */
const CHANGING = [
  'openSync',
  'writeFileSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
  'rmdirSync',
] as const;

/** Where a writer dies: at the start of a call that changes the disk, or when half of the bytes are written. */
export interface Death {
  readonly where: 'before' | 'within';
  /** Which call, from 1; 0 is none. */
  readonly number: number;
}

/** Calls `die` at that call, and has no call after it change anything. The names of the calls are entered in `calls`. */
export function dieAt(
  { where, number }: Death,
  die: () => never,
): { calls: string[]; end(): void } {
  const calls: string[] = [];
  const written = new Set<unknown>();
  const real = new Map(CHANGING.map((name) => [name, fs[name]]));
  for (const name of CHANGING) {
    const call = real.get(name) as (...args: unknown[]) => unknown;
    (fs as any)[name] = (...args: unknown[]) => {
      if (
        (name === 'openSync' && args[1] === 'r') ||
        (name === 'closeSync' && !written.has(args[0]))
      ) {
        return call.apply(fs, args);
      }
      if (number > 0 && calls.length >= number) {
        die(); // what would tidy up behind a failure is dead, too
      }
      calls.push(name);
      if (calls.length === number) {
        if (where === 'within') {
          fs.writeSync(args[0] as number, half(args[1] as string));
        }
        die();
      }
      const result = call.apply(fs, args);
      if (name === 'openSync') {
        written.add(result);
      }
      return result;
    };
  }
  return { calls, end: () => real.forEach((call, name) => ((fs as any)[name] = call)) };
}

function half(text: string): Buffer {
  const bytes = Buffer.from(text);
  return bytes.subarray(0, bytes.length / 2);
}
