import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { temporaryDirectory } from '../synthesized';

const TOOL = path.join(__dirname, '../../tools/lazy-index.ts');
const TS_NODE = path.join(__dirname, '../../node_modules/ts-node/dist/bin.js');

const files: Record<string, string> = {
  'house.js': `console.log('house is loaded');
exports.House = class House {};`,
  'garden/tree.js': `console.log('tree is loaded');
exports.Tree = class Tree {};
exports.Inner = class Inner {};`,
  'garden/all.js': `console.log('all is loaded');
exports.Shed = class Shed {};`,
  'index.js': `const house = require('./house');
const tree = require('./garden/tree');
Object.defineProperty(exports, '__esModule', { value: true });
Object.defineProperty(exports, 'House', { enumerable: true, get: () => house.House });
Object.defineProperty(exports, 'Tree', { enumerable: true, get: () => tree.Tree });
exports.garden = require('./garden/all');`,
};

describe('an index that loads on demand', () => {
  const root = temporaryDirectory();
  afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
  const index = path.join(root, 'index.js');
  const made = (file = index): string => {
    execFileSync(process.execPath, [TS_NODE, '-T', TOOL, file], { stdio: 'pipe' });
    return fs.readFileSync(file, 'utf8');
  };
  /** What a program prints, as it would outside of jest. */
  const printed = (program: string, flags: string[] = [], jest = {}): string[] => {
    const { JEST_WORKER_ID: _, ...env } = process.env;
    const options = { cwd: root, encoding: 'utf8', env: { ...env, ...jest } } as const;
    return execFileSync(process.execPath, [...flags, '-e', program], options)
      .trim()
      .split('\n');
  };
  beforeAll(() => {
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), text);
    }
    made();
  });

  test('loads nothing until a name is asked for, and then its module alone, once', () => {
    const program = `const all = require('./index');
console.log(Object.keys(all).join());
console.log(new all.Tree().constructor.name, all.Tree === all.Tree, all.Tree === require('./garden/tree').Tree);
console.log(all.__esModule, 'Inner' in all);`;
    expect(printed(program)).toEqual([
      'House,Tree,garden',
      'tree is loaded',
      'Tree true true',
      'true false',
    ]);
  });

  test('loads everything at once in jest, which may give what comes later other classes', () => {
    const program = "require('./index'); console.log('end')";
    expect(printed(program, [], { JEST_WORKER_ID: '1' })).toEqual([
      'house is loaded',
      'tree is loaded',
      'all is loaded',
      'end',
    ]);
    expect(printed(program)).toEqual(['end']);
  });

  test('has getters that stay what they are, as the compiler makes them', () => {
    const program = `const all = require('./index');
const before = Object.getOwnPropertyDescriptor(all, 'House').get;
Object.freeze(all).House;
console.log(before === Object.getOwnPropertyDescriptor(all, 'House').get);`;
    expect(printed(program)).toEqual(['house is loaded', 'true']);
  });

  test('has whole modules, too', () => {
    expect(printed("console.log(Object.keys(require('./index').garden).join())")).toEqual([
      'all is loaded',
      'Shed',
    ]);
  });

  test('can be imported by name from an ES module', () => {
    const program = `import { House, garden } from './index.js';
console.log(House.name, Object.keys(garden).join());`;
    const lines = printed(program, ['--input-type=module']);
    expect(lines.at(-1)).toBe('House Shed');
  });

  test('is not made of one that holds something itself, which would be lost', () => {
    const other = path.join(root, 'other.js');
    fs.writeFileSync(other, 'exports.Own = class Own {};\n');
    expect(() => made(other)).toThrow("exports 'Own' itself");
    expect(fs.readFileSync(other, 'utf8')).toBe('exports.Own = class Own {};\n');
  });

  test('is not made of one that exports a name that nothing has', () => {
    const gone = path.join(root, 'gone.js');
    fs.writeFileSync(gone, "exports.Gone = require('./house').Gone;\n");
    expect(() => made(gone)).toThrow("exports 'Gone' itself");
  });

  test('is the same when it is made of itself', () => {
    const first = fs.readFileSync(index, 'utf8');
    expect(made()).toBe(first);
  });
});
