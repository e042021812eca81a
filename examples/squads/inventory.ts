import * as fs from 'fs';
import { isMap, isSeq, LineCounter, Node, parseDocument, YAMLMap } from 'yaml';

/** One squad, as the inventory file has it. */
export interface Squad {
  readonly name: string;
  readonly environments?: string[];
  readonly version?: string;
  readonly quota?: Record<string, string | number>;
  readonly slackChannel?: string;
  readonly ingressFrom?: string[];
  /** Where the entry begins, for messages: `<file>:<line>`. */
  readonly where: string;
}

const QUOTA = [
  'cpuRequests',
  'memoryRequests',
  'memoryLimits',
  'pods',
  'volumeClaims',
  'storageRequests',
  'containerMemory',
  'objectsPerFluxKind',
];

/** What each field of an entry must be. */
const FIELDS: Record<string, (value: unknown) => string | undefined> = {
  name: isText,
  environments: isTextList,
  version: isText,
  quota: isQuota,
  slackChannel: isText,
  ingressFrom: isTextList,
};

/** Reads the inventory. Throws all that is wrong with it, each with its line. */
export function readSquads(file: string): Squad[] {
  const lines = new LineCounter();
  const document = parseDocument(fs.readFileSync(file, 'utf8'), { lineCounter: lines });
  const where = (node: Node | undefined | null) =>
    `${file}:${lines.linePos(node?.range?.[0] ?? 0).line}`;
  const errors = document.errors.map(
    (error) => `${file}:${error.linePos?.[0].line}: ${error.code}`,
  );
  const entries = document.get('squads');
  if (errors.length === 0 && !isSeq(entries)) {
    errors.push(`${where(document.contents)}: there must be a list 'squads'`);
  }

  const squads: Squad[] = [];
  const seen = new Map<string, string>();
  for (const entry of isSeq(entries) ? (entries.items as Node[]) : []) {
    const problems = isMap(entry) ? wrongFields(entry, where) : [`${where(entry)}: must be a map`];
    errors.push(...problems);
    if (problems.length === 0) {
      const squad = { ...(entry.toJS(document) as Omit<Squad, 'where'>), where: where(entry) };
      const twin = seen.get(squad.name);
      if (twin) {
        errors.push(`${squad.where}: squad '${squad.name}' is there already, at ${twin}`);
      }
      seen.set(squad.name, squad.where);
      squads.push(squad);
    }
  }
  if (errors.length > 0) {
    throw new Error(`the inventory is wrong, nothing was written:\n  ${errors.join('\n  ')}`);
  }
  return squads;
}

function wrongFields(entry: YAMLMap, where: (node: Node | undefined | null) => string): string[] {
  const errors: string[] = [];
  for (const { key, value } of entry.items as { key: Node; value: Node | null }[]) {
    const field = String(key);
    const check = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
    const problem = check
      ? check(value?.toJSON())
      : `is no field of a squad; there are ${Object.keys(FIELDS).join(', ')}`;
    if (problem) {
      errors.push(`${where(key)}: '${field}' ${problem}`);
    }
  }
  if (!entry.has('name')) {
    errors.push(`${where(entry)}: a squad must have a 'name'`);
  }
  return errors;
}

function isText(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : `must be a text, got ${JSON.stringify(value)}`;
}

function isTextList(value: unknown): string | undefined {
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return texts ? undefined : `must be a list of texts, got ${JSON.stringify(value)}`;
}

function isQuota(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return `must be a map, got ${JSON.stringify(value)}`;
  }
  const stranger = Object.keys(value).find((key) => !QUOTA.includes(key));
  return stranger && `has no '${stranger}'; there are ${QUOTA.join(', ')}`;
}
