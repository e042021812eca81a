#!/usr/bin/env node
import * as fs from 'fs';
import * as path from 'path';
import { run } from './run';

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
  writeFile: (file, text) => fs.writeFileSync(file, text),
  colour: FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY && !NO_COLOR,
  version: JSON.parse(fs.readFileSync(path.join(__dirname, '../../package.json'), 'utf8')).version,
});
