#!/usr/bin/env node
import * as fs from 'fs';
import * as path from 'path';
import { diskError } from './disk-error';
import { run, WrittenFile } from './run';

const { NO_COLOR, FORCE_COLOR } = process.env;

// Whoever reads may stop, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') {
    throw new Error(`cannot write the report: ${code}`);
  }
});

process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  writeFiles,
  colour: FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY && !NO_COLOR,
  version: JSON.parse(fs.readFileSync(path.join(__dirname, '../../package.json'), 'utf8')).version,
});

/** Opens all files before it writes one; where that fails, it leaves no file that was not there. */
function writeFiles(files: readonly WrittenFile[]): void {
  const opened: number[] = [];
  const added: string[] = [];
  let at = '';
  try {
    for (const { file } of files) {
      at = file;
      const isNew = !fs.existsSync(file);
      opened.push(fs.openSync(file, 'a'));
      if (isNew) {
        added.push(file);
      }
    }
    files.forEach(({ file, text }, i) => {
      at = file;
      if (fs.fstatSync(opened[i]).isFile()) {
        fs.ftruncateSync(opened[i]); // a pipe has nothing to cut off
      }
      fs.writeFileSync(opened[i], text);
    });
  } catch (error) {
    added.forEach((file) => fs.rmSync(file, { force: true }));
    throw diskError(
      `write '${at}'`,
      error,
      'name a file in a directory that is there and writable',
    );
  } finally {
    opened.forEach((file) => fs.closeSync(file));
  }
}
