import { Publishing } from './publish-options';
import { checkScript, indented, publishScript, scriptVariables } from './publish-script';

/** The commits of releases. */
const CHECKOUT = 'actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3';
const COSIGN = 'sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2';
const FLUX = 'fluxcd/flux2/action@16602fa989daa99762f1c6d1186ae2ad1c735815 # v2.9.3';
const FLUX_VERSION = '2.9.3';

/** The registry that the token of a run may write to. */
const OWN_REGISTRY = 'ghcr.io';

const RUN = {
  identity: 'https://github.com/$GITHUB_WORKFLOW_REF',
  ref: '$GITHUB_REF_NAME',
  run: '$GITHUB_RUN_NUMBER',
  source: '$(git config --get remote.origin.url)',
};

/** Throws when it is not known how to log in to the registry. */
export function githubWorkflow(one: Publishing): string {
  return `name: publish
on:
  push:
    ${pushes(one)}
permissions: {}
concurrency:
${indented(2, concurrency(one))}
defaults:
  run:
    shell: bash
env:
${indented(2, environment(one))}
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - name: Compare what is committed with what is synthesized, and audit it
        run: |
${indented(10, checkScript(one))}
  publish:
    needs: check
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
${indented(6, permissions(one))}
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${COSIGN}
      - uses: ${FLUX}
        with:
          version: ${FLUX_VERSION}
      - name: Log in to the registry
        env:
${indented(10, credentials(one))}
        run: |
          cosign login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin <<< "$REGISTRY_TOKEN"
      - name: Push, sign, verify and tag
        run: |
${indented(10, publishScript(one, RUN))}
`;
}

/**
 * One run at a time, or two would move the same tags. Of runs that wait, GitHub drops all but the last, whose commit has in it what
 * those of a branch have; each Git tag is a version of its own.
 */
function concurrency({ artifact, workflow }: Publishing): string[] {
  const group = `group: 'publish-${artifact}'`;
  return workflow.ref._kind === 'tags' ? [group, 'queue: max'] : [group];
}

/** None of the values has a quote. */
function environment(one: Publishing): string[] {
  return Object.entries(scriptVariables(one)).map(([name, value]) => `${name}: '${value}'`);
}

/** Names of Git that were checked have none of the characters that are special in patterns of GitHub. */
function pushes({ workflow }: Publishing): string {
  const { _kind: kind, _name: name } = workflow.ref;
  return kind === 'branch' ? `branches:\n      - '${name}'` : `tags:\n      - '${name}*'`;
}

function isOwnRegistry({ login, registry }: Publishing): boolean {
  return login === undefined && registry === OWN_REGISTRY;
}

function permissions(one: Publishing): string[] {
  return ['contents: read', 'id-token: write', ...(isOwnRegistry(one) ? ['packages: write'] : [])];
}

function credentials(one: Publishing): string[] {
  const { login, registry } = one;
  if (isOwnRegistry(one)) {
    return ['REGISTRY_USER: ${{ github.actor }}', 'REGISTRY_TOKEN: ${{ github.token }}'];
  }
  if (login === undefined) {
    throw new Error(`login must name the secrets with which to log in to '${registry}'`);
  }
  return [
    `REGISTRY_USER: \${{ secrets.${login.usernameVariable} }}`,
    `REGISTRY_TOKEN: \${{ secrets.${login.passwordVariable} }}`,
  ];
}
