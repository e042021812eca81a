import * as fs from 'fs';
import * as path from 'path';
import { CHECKS } from '../../src/checks/registry';
import { newCheck } from '../../tools/create-check';
import { checkPages } from '../../tools/write-check-pages';
import { readTree } from '../synthesized';

const ROOT = path.join(__dirname, '../..');

test('the pages of the checks are what the checks say; npm run check-pages rewrites them', () => {
  const written = readTree(path.join(ROOT, 'docs/checks'));
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(checkPages()));
});

test('every file of a rule is registered under its own name', () => {
  const files = fs.readdirSync(path.join(ROOT, 'src/checks/rules'));
  expect(CHECKS.map(({ id }) => id)).toEqual(files.map((file) => path.parse(file).name).sort());
});

test('every check explains itself and leaves nothing to do', () => {
  for (const { id, summary, why, remedy, links } of CHECKS) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect([summary, why, remedy].join(' ')).not.toMatch(/TODO/);
    expect(links.length).toBeGreaterThan(0);
    links.forEach((link) => expect(link).toMatch(/^https:\/\//));
    expect(Math.min(summary.length, why.length, remedy.length)).toBeGreaterThan(15);
    expect(summary).not.toMatch(/\.$/);
  }
});

describe('a new check', () => {
  const registry = fs.readFileSync(path.join(ROOT, 'src/checks/registry.ts'), 'utf8');

  test('is a rule and a line of the registry, in order', () => {
    const files = newCheck('aaa-first', registry);
    expect([...files.keys()]).toEqual(['src/checks/rules/aaa-first.ts', 'src/checks/registry.ts']);
    expect(files.get('src/checks/rules/aaa-first.ts')).toContain(
      'export const aaaFirst: ObjectCheck',
    );
    const lines = files.get('src/checks/registry.ts')!.split('\n');
    expect(lines[1]).toBe("import { aaaFirst } from './rules/aaa-first';");
    expect(lines.filter((line) => line.startsWith('import'))).toHaveLength(CHECKS.length + 2);
  });

  test.each(['', 'Nope', '../escape', 'a_b', 'x'.repeat(64)])('cannot be called %p', (id) => {
    expect(() => newCheck(id, registry)).toThrow('kebab case');
  });

  test('cannot be called as another', () => {
    expect(() => newCheck('readable-file', registry)).toThrow("a check 'readable-file' already");
  });
});
