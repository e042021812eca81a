import { parseAllDocuments } from 'yaml';

/**
 * The values of every document of a YAML file.
 *
 * libyaml, and with it Kubernetes, accepts a quoted scalar whose continuation lines are indented no
 * deeper than its key. The YAML specification and the `yaml` package do not, and the package then
 * returns a wrong value beside its error, so such a file is parsed again with these lines indented.
 */
export function parseCrdYaml(text: string, file: string): unknown[] {
  const first = parse(text);
  const result = first.problem === undefined ? first : parse(indentQuotedScalars(text));
  if (result.problem !== undefined) {
    throw new Error(`cannot parse ${file}: ${result.problem}`);
  }
  return result.values;
}

function parse(text: string): { values: unknown[]; problem?: string } {
  // 1.1 is the version that Kubernetes' own parser implements.
  const documents = [...parseAllDocuments(text, { version: '1.1', prettyErrors: true })];
  const problems = documents.flatMap((document) => [...document.errors, ...document.warnings]);
  if (problems.length > 0) {
    return { values: [], problem: problems[0].message.split('\n')[0].replace(/:$/, '') };
  }
  return { values: documents.map((document) => document.toJS() as unknown) };
}

const openingLine = /^( *)((?:- +)*)[\w./-]+: +(['"].*)$/;

function indentQuotedScalars(text: string): string {
  let open: { quote: string; keyColumn: number } | undefined;
  const lines = text.split('\n').map((line) => {
    if (open === undefined) {
      const match = openingLine.exec(line);
      if (match !== null && !closes(match[3].slice(1), match[3][0])) {
        open = { quote: match[3][0], keyColumn: match[1].length + match[2].length };
      }
      return line;
    }
    const { quote, keyColumn } = open;
    if (closes(line, quote)) {
      open = undefined;
    }
    // Leading white space of a continuation line is no part of the value.
    return line.trim() === '' ? line : ' '.repeat(keyColumn + 2) + line.trimStart();
  });
  return lines.join('\n');
}

/** Whether the quote ends in this text; '' and \" are characters of the value. */
function closes(text: string, quote: string): boolean {
  const escaped = quote === "'" ? /''/g : /\\./g;
  return text.replace(escaped, '').includes(quote);
}
