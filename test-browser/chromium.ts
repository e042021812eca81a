import * as fs from 'fs';
import * as path from 'path';
import { Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts the browser of `CHROMIUM`, or of the path. Throws where there is none: a test that did not run must not pass. */
export async function startedChromium(): Promise<Browser> {
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  const found = [
    ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
    ...directories.flatMap((directory) => NAMES.map((name) => path.join(directory, name))),
  ].find((file) => fs.existsSync(file));
  if (found === undefined) {
    throw new Error(
      `no browser was found: install Debian's chromium, or set CHROMIUM to the path of one of ${NAMES.join(', ')}`,
    );
  }
  return chromium.launch({
    executablePath: found,
    // Nothing but the page is to be asked for, and CI has neither a sandbox for root nor a GPU.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
