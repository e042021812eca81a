import * as path from 'path';
import * as fc from 'fast-check';
import { runChecks } from '../../src/checks/run-checks';
import { readDirectory } from '../../src/cli/read-directory';
import { viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { textReport } from '../../src/report/text-report';

const FILES = readDirectory(path.join(__dirname, '../golden/operator/fleet-infra')).files;

/** Grows to a billion when its aliases are followed. */
const BOMB = Array.from({ length: 9 }, (_, i) => {
  const name = String.fromCharCode(97 + i);
  const before = i === 0 ? 'x' : `*${String.fromCharCode(96 + i)}`;
  return `${name}: &${name} [${Array.from({ length: 10 }, () => before).join(', ')}]\n`;
}).join('');

/** What may be put anywhere into a text. */
const PIECES = [
  '\t',
  '\r\n',
  '\0',
  '\ufeff',
  '\ud800',
  '---\n',
  '...\n',
  '? ',
  '- ',
  '*a',
  '&a *a',
  '<<: *a\n',
  '!!binary x',
  '${',
  '$${x:=}',
  '__proto__: {a: b}\n',
  'a: 1\na: 2\n',
  ': [',
  '|-9\n',
  `---\n${BOMB}`,
  `x: ${'['.repeat(5000)}\n`,
  `x: ${'{a: '.repeat(5000)}\n`,
];

/** What becomes of a file: cut off at, or given a piece at, some part of its length; or the text of another file. */
const CHANGES = fc.record({
  file: fc.nat(FILES.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  what: fc.oneof(
    fc.constant({ kind: 'cut' as const }),
    fc.record({ kind: fc.constant('add' as const), piece: fc.constantFrom(...PIECES) }),
    fc.record({ kind: fc.constant('swap' as const), other: fc.nat(FILES.length - 1) }),
  ),
});

test('no text of any file makes an audit fail', () => {
  fc.assert(
    fc.property(fc.array(CHANGES, { minLength: 1, maxLength: 4 }), (changes) => {
      const texts = FILES.map(({ text }) => text);
      for (const { file, at, what } of changes) {
        const place = Math.floor(at * texts[file].length);
        const [before, after] = [texts[file].slice(0, place), texts[file].slice(place)];
        texts[file] =
          what.kind === 'cut'
            ? before
            : what.kind === 'add'
              ? before + what.piece + after
              : texts[what.other];
      }
      const files = FILES.map((one, i) => readSourceFile(one.path, texts[i]));
      const fleet = viewClusters([{ name: 'fleet-infra', tree: new SourceTree(files) }]);
      const result = runChecks(fleet, { profile: 'strict' });
      expect(result.findings.filter(({ check }) => check === 'check-failed')).toEqual([]);
      expect(() => textReport(result)).not.toThrow();
    }),
    { numRuns: 60 },
  );
});
