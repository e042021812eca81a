import { readFileSync, renameSync, writeFileSync } from 'fs';
import { join } from 'path';

/** Something that would keep image automation from a field of the acme example, and what has to be said about it. */
interface Mutation {
  readonly mutate: (directory: string) => void;
  readonly refusal: RegExp;
}

const MARKED = 'team-b/apps/team-b/checkout/deployment.yaml';
const AUTOMATION = 'fleet-infra/tenants/staging/team-b/image-automation.yaml';

function replace(file: string, from: string | RegExp, to: string): (directory: string) => void {
  return (directory) => {
    const before = readFileSync(join(directory, file), 'utf8');
    const after = before.replace(from, () => to);
    if (before === after) {
      throw new Error(`the mutation finds no ${from} in ${file}`);
    }
    writeFileSync(join(directory, file), after);
  };
}

export const MUTATIONS: { readonly [name: string]: Mutation } = {
  'text-behind-marker': {
    mutate: replace(MARKED, 'checkout"}', 'checkout"} please'),
    refusal: /team-b.*the setters take it for any other comment/,
  },
  'single-quotes': {
    mutate: replace(
      MARKED,
      '{"$imagepolicy": "team-b:checkout"}',
      "{'$imagepolicy': 'team-b:checkout'}",
    ),
    refusal: /team-b.*the setters take it for any other comment/,
  },
  'unknown-policy': {
    mutate: replace(MARKED, 'team-b:checkout', 'team-b:check-out'),
    refusal: /there is no ImagePolicy "team-b:check-out"/,
  },
  'policy-of-another-tenant': {
    mutate: replace(MARKED, 'team-b:checkout', 'team-a:podinfo'),
    refusal: /no automation whose update.path it is in applies the policy/,
  },
  'unknown-setter': {
    mutate: replace(MARKED, 'team-b:checkout', 'team-b:checkout:version'),
    refusal: /it was not set/,
  },
  'policy-not-selected': {
    mutate: replace(AUTOMATION, /(?<=matchLabels:\n\s+\S+: ).*/, 'other'),
    refusal: /no automation whose update.path it is in applies the policy/,
  },
  'outside-of-path': {
    mutate: replace(AUTOMATION, 'path: ./apps/team-b', 'path: ./apps/none'),
    refusal: /ImageUpdateAutomation .*no such file[^]*the file is outside of every update.path/,
  },
  'other-strategy': {
    mutate: replace(AUTOMATION, 'strategy: Setters', 'strategy: Others'),
    refusal: /ImageUpdateAutomation .*unsupported update strategy/,
  },
  'unknown-version': {
    mutate: replace(AUTOMATION, /(?<=image.toolkit.fluxcd.io\/)\S+(?=\nkind: ImageUpdate)/, 'v9'),
    refusal: /ImageUpdateAutomation .*no kind .* is registered/,
  },
  list: {
    mutate: (directory) => {
      const file = join(directory, MARKED);
      const items = readFileSync(file, 'utf8')
        .trimEnd()
        .replace(/^/gm, '    ')
        .replace('    ', '  - ');
      writeFileSync(file, `apiVersion: v1\nkind: List\nitems:\n${items}\n`);
    },
    refusal: /was not set[^]*deployment_checkout\.yaml was not there, and was written/,
  },
  'annotation-of-kyaml': {
    mutate: replace(
      MARKED,
      'metadata:',
      'metadata:\n  annotations:\n    config.kubernetes.io/index: "7"',
    ),
    refusal:
      /field \/metadata\/annotations\/config.kubernetes.io~1index became|had \d+ fields, and now/,
  },
  'path-in-an-annotation': {
    mutate: replace(
      MARKED,
      'metadata:',
      'metadata:\n  annotations:\n    config.kubernetes.io/path: x.yaml',
    ),
    refusal: /ImageUpdateAutomation .*mismatched legacy and internal path/,
  },
  'another-extension': {
    mutate: (directory) =>
      renameSync(join(directory, MARKED), join(directory, MARKED.replace('.yaml', '.yaml.txt'))),
    refusal: /it was not set/,
  },
  'file-that-does-not-parse': {
    mutate: replace(MARKED, 'spec:', 'spec: ['),
    refusal: /has a marker, and does not parse/,
  },
};
