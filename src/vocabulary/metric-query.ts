import { quoted } from './quoted';

/** What Flagger fills in, each a function of its templates. */
const FILLED = ['name', 'namespace', 'target', 'service', 'ingress', 'interval'];

/** What each Canary gives by `templateVariables`. */
const GIVEN = 'variables';

/** Words that open what `end` closes. */
const OPENING = ['block', 'define', 'if', 'range', 'with'];

/** Words that every template of Go knows. */
const OF_GO =
  'and break call continue else end eq false ge gt html index js le len lt ne nil not or print printf println slice template true urlquery';

const KNOWN = new Set([...FILLED, GIVEN, ...OPENING, ...OF_GO.split(' ')]);

const COMMENT = /\{\{(?:-\s)?\/\*[^]*?\*\/(?:\s-)?\}\}/y;

/** The end of an action, or a part of it: a word and its fields, fields of nothing, or whatever else there may be. */
const PART =
  /(?<end>(?:\s-)?\}\})|(?<word>[A-Za-z_]\w*)(?<fields>(?:\.[A-Za-z_]\w*)*)(?=[\s.,|:()]|\}\})|(?<=[\s(,|={-])(?<dotted>\$?(?:\.[A-Za-z_]\w*)+)|\s|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$\w*|\.[A-Za-z_]\w*|[+-]?[0-9][\w.+]*|:?=|[|(),.]/y;

interface Part {
  readonly text: string;
  readonly word?: string;
  /** Of `word`; empty where it has none. */
  readonly fields?: string;
  readonly dotted?: string;
}

/** What stands between two pairs of braces. */
interface Action {
  readonly text: string;
  /** @default - it is none, and nothing is known of what follows */
  readonly parts?: readonly Part[];
}

/** A word that `end` has yet to close. */
interface Open {
  readonly word: string;
  /** Whether a dot is of nothing there, as it is outside of all: within others than `if`, it is of what they are of. */
  readonly isOfNothing: boolean;
}

/** What Flagger cannot fill in of the query of a MetricTemplate, and why; undefined where there is nothing. */
export function metricQueryFault(query: string): string | undefined {
  const open: Open[] = [];
  for (const { text, parts } of actionsOf(query)) {
    const fault = parts === undefined ? 'which is no action of a template' : faultIn(parts, open);
    if (fault !== undefined) {
      return `${quoted(text)}, ${fault}`;
    }
  }
  return open.length > 0 ? `'{{ ${open.at(-1)!.word} … }}', which nothing ends` : undefined;
}

/** Whether a query may ask of one namespace: because Flagger fills in which, or a Canary does, or because it is `own`. */
export function isOfNamespace(query: string, own: string): boolean {
  return (
    actionsOf(query).some(({ parts }) =>
      parts?.some(({ word }) => word === 'namespace' || word === GIVEN),
    ) || query.split(/[^a-z0-9-]+/).includes(own)
  );
}

function actionsOf(query: string): Action[] {
  const actions: Action[] = [];
  for (let start = query.indexOf('{{'); start >= 0;) {
    let end = endOf(COMMENT, query, start);
    if (end === undefined) {
      const parts: Part[] = [];
      end = readParts(query, start, parts);
      actions.push(
        end === undefined
          ? { text: query.slice(start, start + 40) }
          : { text: query.slice(start, end), parts },
      );
    }
    start = end === undefined ? -1 : query.indexOf('{{', end);
  }
  return actions;
}

/** Where the action ends that begins at `start`; undefined where something is no part of one. */
function readParts(query: string, start: number, parts: Part[]): number | undefined {
  let at = start + (/^-\s/.test(query.slice(start + 2, start + 4)) ? 3 : 2);
  for (;;) {
    PART.lastIndex = at;
    const part = PART.exec(query);
    if (!part || part.groups!.end !== undefined) {
      return part ? PART.lastIndex : undefined;
    }
    at = PART.lastIndex;
    if (part[0].trim() !== '') {
      parts.push({ text: part[0], ...part.groups });
    }
  }
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** What is wrong with an action. Takes from `open`, or adds to it. */
function faultIn(parts: readonly Part[], open: Open[]): string | undefined {
  if (parts.length === 0) {
    return 'which is empty';
  }
  const { isOfNothing } = open.at(-1) ?? { isOfNothing: true };
  for (const { word, fields, dotted } of parts) {
    if (word !== undefined && !KNOWN.has(word)) {
      return `which is nothing that Flagger fills in: ${FILLED.join(', ')} and ${GIVEN}.<key>`;
    }
    if ((isOfNothing && dotted !== undefined) || (fields && FILLED.includes(word!))) {
      return `where '${dotted ?? fields}' is of nothing: write {{ namespace }}, without dot`;
    }
  }
  const { word = '' } = parts[0];
  if (word === 'end' && open.pop() === undefined) {
    return 'which ends nothing';
  }
  if (OPENING.includes(word)) {
    open.push({ word, isOfNothing: isOfNothing && word === 'if' });
  }
  return undefined;
}
