import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { squads } from '../examples/squads/main';
import * as flux from '../src';
import { AlertDestination, CanaryProvider, CommitStatusRepository, ReceiverKind } from '../src';
import { CHECKS } from '../src/checks/registry';
import { policyFixtures } from '../src/policies/fixtures/policy-fixtures';
import { tenancyPolicies } from '../src/policies/tenancy-policies';
import { readTree, temporaryDirectory } from './synthesized';

const ROOT = path.join(__dirname, '..');
const PACKAGE = 'cdk8s-flux-tenants';

/** A fenced block of a page, and where it begins. */
interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function page(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```([a-z]+)\n(.*?)^```$/gms)].map((match) => ({
    language: match[1],
    text: match[2],
    line: markdown.slice(0, match.index).split('\n').length,
  }));
}

/** Every page that people wrote. */
function pages(): string[] {
  const below = (directory: string) =>
    [...readTree(path.join(ROOT, directory)).keys()].map((file) => `${directory}/${file}`);
  return [
    ...fs.readdirSync(ROOT).filter((file) => /\.md$/.test(file) && file !== 'API.md'),
    'conformance/README.md',
    ...[...below('docs'), ...below('examples')].filter((file) => file.endsWith('.md')),
  ];
}

/** Runs TypeScript as a program of its own, in the directory that it writes to; returns the exit code it asks for. */
function run(text: string, directory: string, args: string[] = []): number {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const program = new Function('require', 'exports', 'process', 'console', outputText);
  const environment = { argv: ['node', 'main.js', ...args], exitCode: 0 };
  inDirectory(directory, () => program(load, {}, environment, { log: () => undefined }));
  return environment.exitCode;
}

function inDirectory(directory: string, action: () => void): void {
  const before = process.cwd();
  process.chdir(directory);
  try {
    action();
  } finally {
    process.chdir(before);
  }
}

function load(name: string): unknown {
  return jest.requireActual(name === PACKAGE ? '../src' : name);
}

/** What TypeScript says of modules that are nowhere on the disk but beside this file, by their names. */
function typeErrors(modules: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const texts = new Map([...modules].map(([name, text]) => [path.join(__dirname, name), text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name)!, rest[0])
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(
        ({ messageText }) =>
          `${path.basename(name)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      ),
  );
}

/** A program as a module beside this file. */
function besideSource(program: string): string {
  return `${program.replaceAll(`'${PACKAGE}/lib/`, "'../src/").replaceAll(`'${PACKAGE}'`, "'../src'")}\nexport {};\n`;
}

/** What pages speak of without making it, by its type. */
const SPOKEN_OF = {
  app: 'flux.Fleet',
  team: 'flux.Tenant',
  tenant: 'flux.Tenant',
  source: 'flux.SignedOciSource',
  manifests: 'flux.SignedOciSource',
  apps: 'flux.Sync',
  crds: 'flux.Sync',
  project: "import('projen').Project",
};

/** The TypeScript of a page, each block of which goes on with those before it, as a module. */
function programOf(markdown: string): string {
  const text = blocksOf(markdown)
    .filter((block) => block.language === 'ts')
    .map((block) => block.text)
    .join('\n');
  // What the page imports of the package itself is there below, whether it says so or not.
  const imports = (text.match(/^import .*;$/gm) ?? []).filter(
    (line) => !line.endsWith(`from '${PACKAGE}';`),
  );
  const words = new Set(text.match(/\b[A-Z]\w+/g));
  const exported = Object.keys(flux).filter((name) => words.has(name));
  return besideSource(
    [
      `import * as flux from '${PACKAGE}';`,
      `import { ${exported.join(', ')} } from '${PACKAGE}';`,
      ...imports,
      ...Object.entries(SPOKEN_OF).map(([name, type]) => `declare const ${name}: ${type};`),
      `{\n${text.replace(/^import .*;$/gm, '')}\n}`,
    ].join('\n'),
  );
}

test('all TypeScript of the pages type-checks', () => {
  const readme = blocksOf(page('README.md')).filter((block) => block.language === 'ts');
  const others = pages().filter((file) => file !== 'README.md' && /^```ts$/m.test(page(file)));
  expect(others.length).toBeGreaterThan(2);
  const modules = new Map([
    ['README.ts', besideSource(readme.map((block) => block.text).join('\n'))],
    ...others.map(
      (file) =>
        [`${file.replaceAll('/', '-').replace(/\.md$/, '')}.ts`, programOf(page(file))] as const,
    ),
  ]);
  expect(typeErrors(modules)).toEqual([]);
}, 60_000);

describe('the program of README.md', () => {
  const blocks = blocksOf(page('README.md'));
  const snippets = blocks.filter((block) => block.language === 'ts');
  const programBefore = (block: Block) =>
    snippets
      .filter((snippet) => snippet.line < block.line)
      .map((snippet) => snippet.text)
      .join('\n');
  const whole = snippets.map((snippet) => snippet.text).join('\n');
  const excerpts = blocks
    .filter((block) => block.language === 'yaml')
    .map((block) => [block.text.split('\n')[0].replace(/^# /, ''), block] as const);

  test('has an excerpt with an image that Flux may rewrite', () => {
    expect(excerpts.map(([, block]) => block.text).join('')).toContain(
      'shop:1.0.0 # {"$imagepolicy": "team-a:shop"}',
    );
  });

  test.each(excerpts)('writes the excerpt of %s', (file, block) => {
    const directory = temporaryDirectory();
    run(`${programBefore(block)}\napp.synth();\n`, directory);
    const written = [...readTree(path.join(directory, 'dist'))].filter(([name]) =>
      name.endsWith(`/${file}`),
    );
    expect(written).toHaveLength(1);
    // A line '# …' stands for lines that are left out.
    const parts = block.text.slice(block.text.indexOf('\n') + 1).split(/^# …\n/m);
    let rest = `\n${written[0][1]}`;
    for (const part of parts) {
      expect(rest).toContain(`\n${part}`);
      rest = rest.slice(rest.indexOf(`\n${part}`) + part.length);
    }
  });

  test('writes as many files as the page says', () => {
    const directory = temporaryDirectory();
    run(snippets[0].text, directory);
    const said = /writes `dist\/fleet-infra`, (\d+) files/.exec(page('README.md'));
    expect(readTree(path.join(directory, 'dist/fleet-infra')).size - 1).toBe(Number(said?.[1]));
  });

  test('says how many checks there are', () => {
    const recommended = CHECKS.filter(({ profile }) => profile === 'recommended').length;
    expect(page('README.md')).toContain(
      `[${CHECKS.length} checks](docs/checks/README.md), of which ${recommended} by default`,
    );
  });

  test('has nothing that the strict checks find', () => {
    const directory = path.join(temporaryDirectory(), 'program');
    fs.mkdirSync(directory);
    const strict = whole.replace(
      'new flux.Fleet()',
      'new flux.Fleet({ checkProfile: flux.CheckProfile.STRICT })',
    );
    const told =
      'const told = [...app.audit().errors, ...app.audit().warnings].join();\n' +
      'if (told || app.audit().suppressed.length !== 1) throw new Error(told);';
    expect(run(`${strict}\n${told}`, directory)).toBe(0);
  });

  test('finds drift in a clone and nothing to do after a write', () => {
    const directory = path.join(temporaryDirectory(), 'program');
    fs.mkdirSync(directory);
    expect(run(whole, directory, ['--check'])).toBe(1);
    expect(run(whole, directory)).toBe(0);
    expect(run(whole, directory, ['--check'])).toBe(1);
    const [, system] = /touch (clusters\/<cluster>\/flux-system)\/gotk-/.exec(page('README.md'))!;
    for (const cluster of ['prod', 'staging']) {
      for (const file of ['gotk-components.yaml', 'gotk-sync.yaml']) {
        const below = system.replace('<cluster>', cluster);
        fs.writeFileSync(path.join(directory, '../fleet-infra', below, file), '');
      }
    }
    expect(run(whole, directory, ['--check'])).toBe(0);
  });
});

describe('the page of the squads example', () => {
  const markdown = page('examples/squads/README.md');
  const inventory = page('examples/squads/squads.yaml');
  const written = (...changes: [string, string][]) => {
    const directory = temporaryDirectory();
    const file = 'examples/squads/squads.yaml';
    fs.mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
    const text = changes.reduce((before, [from, to]) => before.replace(from, to), inventory);
    fs.writeFileSync(path.join(directory, file), text);
    inDirectory(directory, () => squads('out', file).synth());
    return readTree(path.join(directory, 'out'));
  };

  test.each<[string, [string, string][]]>([
    ['field', [['- name: aml', '- name: aml\n    slackChanel: squad-aml']]],
    [
      'value',
      [
        ['environments: [staging]', 'environments: [stagging]'],
        ['- name: aml', '- name: AML_Squad'],
      ],
    ],
  ])('shows what a wrong %s is answered with', (_, changes) => {
    let message = '';
    try {
      written(...changes);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(blocksOf(markdown).map((block) => block.text)).toContain(`${message}\n`);
  });

  test('says how many files one more squad adds', () => {
    const more = '- name: one-more\n    slackChannel: one-more\n  - name: acquiring';
    const added = written(['- name: acquiring', more]).size - written().size;
    expect(markdown).toContain(`${added} files with a channel`);
  });
});

describe('the program of docs/scale.md', () => {
  test('previews the tenants that it is asked for', () => {
    const program = blocksOf(page('docs/scale.md')).filter(({ language }) => language === 'ts');
    const text = program.map((block) => block.text).join('\n');
    const directory = temporaryDirectory();
    expect(run(text, directory, ['billing'])).toBe(0);
    expect(() => run(text, directory, ['nobody'])).toThrow('must be one or more, got none');
    expect(readTree(directory).size).toBe(0);
  });
});

describe('docs/canaries.md', () => {
  const rows = [...page('docs/canaries.md').matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)].map(
    ([, provider, cells]) => [provider, cells.split('|').map((cell) => cell.trim())] as const,
  );
  const providers: Record<string, any> = {
    istio: CanaryProvider.istio(),
    gatewayApi: CanaryProvider.gatewayApi({ hosts: ['a.example'], gateways: ['a/b'] }),
    nginx: CanaryProvider.nginx({ host: 'a.example' }),
    contour: CanaryProvider.contour(),
    linkerd: CanaryProvider.linkerd(),
    traefik: CanaryProvider.traefik(),
    kubernetes: CanaryProvider.kubernetes(),
  };
  const strategies = ['linear', 'stepWeights', 'abTest', 'blueGreen', 'mirrored', 'sticky'];

  test('says of each provider what it has a method for', () => {
    expect(rows.map(([provider]) => provider)).toEqual(Object.keys(providers));
    for (const [provider, cells] of rows) {
      const said = strategies.filter((_, i) => cells[i] !== '-');
      const has = strategies.filter((name) => typeof providers[provider][name] === 'function');
      expect([provider, said]).toEqual([provider, has]);
    }
  });
});

describe('docs/alerting.md', () => {
  const factories = (type: object) =>
    Object.getOwnPropertyNames(type).filter(
      (name) => !['length', 'name', 'prototype', 'at', 'behindSecret', 'of'].includes(name),
    );

  test.each([
    ['AlertDestination', AlertDestination],
    ['CommitStatusRepository', CommitStatusRepository],
    ['ReceiverKind', ReceiverKind],
  ])('has a row for each %s, in their order', (name, type) => {
    const [, table] = page('docs/alerting.md').split(`| \`${name}\``);
    const rows = table.split('\n\n')[0].matchAll(/^\| `(\w+)`/gm);
    expect([...rows].map((match) => match[1])).toEqual(factories(type));
  });
});

describe('the pages', () => {
  test.each(pages())('%s links to and names files that exist', (file) => {
    const text = page(file);
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) =>
      path.posix.join(path.posix.dirname(file), match[1]),
    );
    const named = [...text.matchAll(/`([^`\n]+)`/g)]
      .map((match) => match[1].replace(/\/$/, ''))
      .filter((name) =>
        /^(?:src|test|tools|examples|conformance|docs|\.ci)\/[\w./-]+$|^\.?[\w-]+(?:\.[\w-]+)*\.(?:md|cjs|mjs)$|^\.projenrc\.ts$/.test(
          name,
        ),
      );
    const missing = [...links, ...named].filter((name) => !fs.existsSync(path.join(ROOT, name)));
    expect(missing).toEqual([]);
  });

  test('name members that what is exported has', () => {
    const exported = flux as unknown as Record<string, any>;
    const named = pages().flatMap((file) =>
      [...page(file).matchAll(/(?<![\w.])(?:flux\.)?([A-Z]\w+)\.([a-zA-Z_]\w*)/g)].map(
        ([, type, member]) => ({ file, type, member }),
      ),
    );
    const known = named.filter(({ type }) => Object.hasOwn(exported, type));
    expect(known.length).toBeGreaterThan(100);
    const missing = known.filter(
      ({ type, member }) =>
        !(member in exported[type]) && !(member in (exported[type].prototype ?? {})),
    );
    expect(missing).toEqual([]);
  });

  test.each(pages())('%s has a heading for every link within it', (file) => {
    const text = page(file);
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
      match[1]
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replace(/ /g, '-'),
    );
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });

  test('AGENTS.md is short enough to be read every time', () => {
    expect(page('AGENTS.md').trimEnd().split('\n').length).toBeLessThanOrEqual(90);
  });

  test('the commands that the pages name are tasks of the project', () => {
    const { tasks } = JSON.parse(page('.projen/tasks.json'));
    const commands = pages().flatMap((file) => [
      ...page(file).matchAll(/\b(?:npm run|npx projen) ([a-z][\w:-]*)/g),
    ]);
    expect(commands.map((match) => match[1]).filter((name) => !(name in tasks))).toEqual([]);
  });
});

/** Objects that a policy refuses, each of which is a test of its own; a page names them as if they were titles in this file. */
const FIXTURES = 'policies/fixtures';
const REFUSED = policyFixtures().filter(({ passes }) => !passes);

/** The rows of the tables of a page, whose last cell names tests by file and title. */
function provenRows(
  file: string,
): { first: string; stoppedBy: string; tests: [file: string, title: string][] }[] {
  const rows = [...page(file).matchAll(/^\| ([^|]*[^|\s]) +\|(.*)\|([^|]*)\|$/gm)];
  return rows
    .map(([, first, stoppedBy, proofs]) => ({
      first,
      stoppedBy,
      tests: [...proofs.matchAll(/`([\w/-]+)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(
        ([, name, titles]) =>
          [...titles.matchAll(/"([^"]+)"/g)].map(([, title]): [string, string] => [name, title]),
      ),
    }))
    .filter(({ first, tests }) => tests.length > 0 || /^\d+$/.test(first));
}

describe('a page that says how something is proven', () => {
  test.each(['docs/image-automation.md', 'docs/threat-model.md'])(
    '%s names tests that there are',
    (file) => {
      const rows = provenRows(file);
      expect(rows.length).toBeGreaterThan(10);
      for (const { first, tests } of rows) {
        const missing = tests.filter(([name, title]) => {
          if (name === FIXTURES) {
            return !REFUSED.some((one) => one.name === title);
          }
          const text = page(`test/${name}.test.ts`);
          return !text.includes(`'${title}'`) && !text.includes(`"${title}"`);
        });
        expect([first, tests.length > 0, missing]).toEqual([first, true, []]);
      }
    },
  );

  test('docs/image-automation.md has a row for every rule', () => {
    const rules = provenRows('docs/image-automation.md').map(({ first }) => Number(first));
    expect(rules).toEqual(Array.from({ length: 15 }, (_, i) => 33 + i));
  });

  test('docs/threat-model.md proves every attack that it lists', () => {
    const [, attacks] = page('docs/threat-model.md').split(/^## (?:Attacks|What remains).*$/m);
    const rows = attacks.match(/^\|(?! (?:attack|-)).*$/gm)!;
    expect(provenRows('docs/threat-model.md')).toHaveLength(rows.length);
  });

  test('docs/threat-model.md has an object that is refused for every policy that stops an attack, and an attack for every policy', () => {
    const policies = tenancyPolicies().map(({ name }) => name.replace('flux-tenants-', ''));
    const named = new Set<string>();
    for (const { first, tests, stoppedBy } of provenRows('docs/threat-model.md')) {
      const stopping = [...stoppedBy.matchAll(/`([a-z-]+)`/g)]
        .map(([, name]) => name)
        .filter((name) => policies.includes(name));
      const proven = tests.flatMap(([file, title]) => [
        ...(file === FIXTURES ? REFUSED.filter(({ name }) => name === title) : []).map(
          ({ policy }) => policy.replace('flux-tenants-', ''),
        ),
        ...(file === 'policies/namespace-policy' ? ['namespaces'] : []),
      ]);
      expect([first, stopping.filter((name) => !proven.includes(name))]).toEqual([first, []]);
      stopping.forEach((name) => named.add(name));
    }
    expect([...named].sort()).toEqual(policies.sort());
  });
});

describe('ARCHITECTURE.md', () => {
  const architecture = page('ARCHITECTURE.md');
  const { forbidden } = jest.requireActual('../.dependency-cruiser.cjs');

  test('has the import table that the lint enforces', () => {
    const rows = [...architecture.matchAll(/^\| `(\w+)` +\| ([^|]*?) +\|/gm)];
    const said = Object.fromEntries(
      rows.map((row) => [row[1], [...row[2].matchAll(/`(\w+)`/g)].map((match) => match[1]).sort()]),
    );
    const enforced = Object.fromEntries(
      forbidden
        .filter(({ from, to }: any) => from.path?.startsWith('^src/') && to.path === '^src/')
        .map(({ from, to }: any) => {
          const room = /^\^src\/(\w+)\/$/.exec(from.path)![1];
          const allowed = to.pathNot.map((name: string) => /^\^src\/(\w+)\/$/.exec(name)![1]);
          const types = to.dependencyTypesNot.includes('type-only') ? ['imports'] : [];
          return [room, [...allowed.filter((name: string) => name !== room), ...types].sort()];
        }),
    );
    expect(said).toEqual(enforced);
  });

  test('names the files that touch the disk', () => {
    const { from } = forbidden.find(({ name }: any) => name === 'only-writers-touch-the-disk');
    const files = [...readTree(path.join(ROOT, 'src')).keys()].map((file) => `src/${file}`);
    const writers = files.filter((file) => new RegExp(from.pathNot).test(file));
    expect(writers.length).toBeGreaterThan(0);
    writers.forEach((writer) => expect(architecture).toContain(`\`${writer}\``));
  });

  test('names every room and no other', () => {
    const rooms = fs
      .readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const said = [...architecture.matchAll(/^ {2}(\w+)\/ /gm)].map((match) => match[1]);
    expect(said.sort()).toEqual(rooms.sort());
  });
});
