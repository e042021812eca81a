import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const RULES = 'src/checks/rules';
const REGISTRY = 'src/checks/registry.ts';
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The files of a new check, by path, given the text of the registry as it is. Throws when the id can be none. */
export function newCheck(id: string, registry: string): Map<string, string> {
  if (!ID.test(id ?? '') || id.length > 63) {
    throw new Error(`a check needs an id in kebab case, at most 63 characters, got '${id}'`);
  }
  const registered = new Map(
    [...registry.matchAll(/^import \{ (\w+) \} from '\.\/rules\/(.+)';$/gm)].map(
      ([, constant, rule]) => [rule, constant],
    ),
  );
  if (registered.has(id)) {
    throw new Error(`there is a check '${id}' already`);
  }
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  registered.set(id, name);
  return new Map([
    [`${RULES}/${id}.ts`, ruleText(id, name)],
    [REGISTRY, registryText([...registered].sort(([a], [b]) => (a < b ? -1 : 1)))],
  ]);
}

function registryText(registered: [rule: string, constant: string][]): string {
  return [
    "import { Check } from './check';",
    ...registered.map(([rule, constant]) => `import { ${constant} } from './rules/${rule}';`),
    '',
    '/** All checks, by their ids. */',
    'export const CHECKS: readonly Check[] = [',
    ...registered.map(([, constant]) => `  ${constant},`),
    '];',
    '',
  ].join('\n');
}

function ruleText(id: string, name: string): string {
  return `import { ObjectCheck } from '../check';
import { textAt } from '../manifest-fields';

export const ${name}: ObjectCheck = {
  id: '${id}',
  severity: 'error',
  profile: 'recommended',
  summary: 'TODO: what must be, as one sentence',
  why: 'TODO: what happens otherwise, and by which mechanism',
  remedy: 'TODO: what to change',
  links: [],
  types: ['/ConfigMap'],
  needs: 'object',
  bad: \`apiVersion: v1
kind: ConfigMap
metadata:
  name: todo
  namespace: apps
data:
  todo: 'yes'
\`,
  good: \`apiVersion: v1
kind: ConfigMap
metadata:
  name: todo
  namespace: apps
\`,
  *examine({ manifest }) {
    if (textAt(manifest, 'data', 'todo') !== undefined) {
      yield { message: 'must not be to do', pointer: '/data/todo' };
    }
  },
};
`;
}

if (require.main === module) {
  const [id] = process.argv.slice(2);
  const registry = fs.readFileSync(path.join(ROOT, REGISTRY), 'utf8');
  for (const [file, text] of newCheck(id, registry)) {
    fs.writeFileSync(path.join(ROOT, file), text);
    process.stdout.write(`wrote ${file}\n`);
  }
  process.stdout.write(
    'test/checks/rules.test.ts runs its examples; fill in what says TODO, then npm run check-pages\n',
  );
}
