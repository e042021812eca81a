import * as fs from 'fs';
import * as fc from 'fast-check';
import { yamlDocument } from '../src/repo/yaml-text';
import { anyText, HOSTILE_STRINGS } from '../test/repo/hostile-strings';

/**
 * Writes a line of JSON for each of many values: its YAML as we write it, and the value, for conformance to
 * ask the parsers of the field whether they agree. The seed is fixed, so that a failure can be repeated.
 */
const [file, count = '20000'] = process.argv.slice(2);
const texts = [
  ...HOSTILE_STRINGS,
  ...fc.sample(anyText, { seed: 2_026_11, numRuns: Number(count) }),
];
const lines = texts.flatMap((text) => [
  { text },
  { list: [text, { nested: text }] },
  ...(text.length < 900 ? [{ [`k${text}`]: 1, [text]: 2 }] : []),
]);
fs.writeFileSync(
  file,
  lines.map((json) => `${JSON.stringify({ yaml: yamlDocument(json), json })}\n`).join(''),
);
