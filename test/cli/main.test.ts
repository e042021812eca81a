import * as fs from 'fs';
import * as path from 'path';
import { temporaryDirectory } from '../synthesized';

const GOLDEN = path.join(__dirname, '../golden/acme/fleet-infra');

/** Runs the command as its program does, disk included. */
function ran(...args: string[]): { code: unknown; out: string; err: string } {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0),
  ];
  const { argv } = process;
  process.argv = ['node', 'cdk8s-flux-tenants', ...args];
  try {
    jest.isolateModules(() => void jest.requireActual('../../src/cli/main'));
    return { code: process.exitCode, out: out.join(''), err: err.join('') };
  } finally {
    process.argv = argv;
    process.exitCode = undefined;
    spies.forEach((spy) => spy.mockRestore());
  }
}

test('reports take the place of what was in their files', () => {
  const file = path.join(temporaryDirectory(), 'report.json');
  fs.writeFileSync(file, 'x'.repeat(100_000));
  expect(ran('audit', GOLDEN, '--format', 'json', '--output', file)).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  expect(JSON.parse(fs.readFileSync(file, 'utf8')).format).toBe('cdk8s-flux-tenants/findings/v1');
});

test('where one file cannot be written, none is, and words say which', () => {
  const root = temporaryDirectory();
  const kept = path.join(root, 'kept.json');
  fs.writeFileSync(kept, 'as it was');
  const files = ['new.html', 'nowhere/a.json'].map((name) => path.join(root, name));
  const { code, out, err } = ran(
    'audit',
    GOLDEN,
    '--output',
    kept,
    ...files.flatMap((file) => ['--evidence', file]),
  );
  expect([code, out]).toEqual([2, '']);
  expect(err).toBe(
    `cannot write '${files[1]}': it is not there; name a file in a directory that is there and writable\n`,
  );
  expect(fs.readdirSync(root)).toEqual(['kept.json']);
  expect(fs.readFileSync(kept, 'utf8')).toBe('as it was');
});

test('a directory in the place of a report is told in words', () => {
  const root = temporaryDirectory();
  expect(ran('audit', GOLDEN, '--output', root)).toMatchObject({
    code: 2,
    err: expect.stringContaining('it is a directory'),
  });
});
