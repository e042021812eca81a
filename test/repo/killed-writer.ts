import fs from 'fs';
import { planFiles } from '../../src/repo/plan-files';
import { writeFiles } from '../../src/repo/write-files';

/** Every call of the writer that changes the disk, in the order in which they are made. */
const CHANGING = [
  'openSync',
  'writeFileSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
  'rmdirSync',
] as const;

/**
 * A program that writes a repository and dies of SIGKILL on the way:
 * `killed-writer <root> <files.json> <before | within> <number of the call>`.
 * It prints the calls it made when it lives to the end.
 */
const [root, files, where, number] = process.argv.slice(2);
const calls: string[] = [];
const written = new Set<unknown>();

for (const name of CHANGING) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  (fs as any)[name] = (...args: unknown[]) => {
    if (
      (name === 'openSync' && args[1] === 'r') ||
      (name === 'closeSync' && !written.has(args[0]))
    ) {
      return real.apply(fs, args);
    }
    calls.push(name);
    if (calls.length === Number(number)) {
      if (where === 'within') {
        fs.writeSync(args[0] as number, half(args[1] as string));
      }
      process.kill(process.pid, 'SIGKILL');
    }
    const result = real.apply(fs, args);
    if (name === 'openSync') {
      written.add(result);
    }
    return result;
  };
}

function half(text: string): Buffer {
  const bytes = Buffer.from(text);
  return bytes.subarray(0, bytes.length / 2);
}

const wanted = JSON.parse(fs.readFileSync(files, 'utf8'));
writeFiles(planFiles('fleet-infra', wanted, root, {}));
process.stdout.write(JSON.stringify(calls));
