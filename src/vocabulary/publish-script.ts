import { Publishing } from './publish-options';

const NUMBER = '(0|[1-9][0-9]*)';
const PRE = `(${NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)`;

/**
 * A semantic version, in the regular expressions of POSIX. Without build metadata, for which tags of a registry have no
 * character; Flux passes over what is none.
 */
const SEMVER = `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${PRE}(\\.${PRE})*)?$`;

/** What CI calls what a script needs to know: texts of bash, to be put in double quotes. */
export interface RunVariables {
  /** Who the run is, as a certificate would name it. */
  readonly identity: string;
  /** Name of the branch or tag. */
  readonly ref: string;
  /** Number that grows from run to run. */
  readonly run: string;
  /** Address of the repository. */
  readonly source: string;
}

/** What the scripts read besides: nothing but texts that were checked when the workflow was written. */
export function scriptVariables(one: Publishing): { readonly [name: string]: string } {
  const { ref } = one.workflow;
  return {
    SUBJECT: one.subject,
    ISSUER: one.issuer,
    ARTIFACT: one.artifact,
    REGISTRY: one.registry,
    DIRECTORY: one.directory,
    ...(ref._kind === 'tags' ? { TAG_PREFIX: ref._name } : { SERIES: one.series! }),
    SEMVER,
  };
}

/** Synthesizes, and fails where what lies in Git is not what was synthesized, or not sound. */
export function checkScript({ synth }: Publishing): string[] {
  return [
    ...synth,
    'changed="$(git status --porcelain --untracked-files=all -- "$DIRECTORY")"',
    'if [ -n "$changed" ]; then',
    '  echo "what is committed is not what was synthesized; synthesize, review and commit:"',
    '  echo "$changed"',
    '  exit 1',
    'fi',
    // Beside what is committed lie the packages that were installed, whose files are nobody's manifests.
    'committed="$(mktemp -d)/committed"',
    'git worktree add --quiet --detach "$committed"',
    // Without --no, npx would fetch and run whatever has the name in a registry.
    'npx --no -- cdk8s-flux-tenants audit "$committed"',
  ];
}

/**
 * Fails where Flux would not take the signature of the run. Pushes what is checked out, signs it by its digest, and gives it
 * its version last: Flux never finds a version that it would have to refuse, and where the version is there, all was done. The tag
 * that it is pushed with is none.
 */
export function publishScript(one: Publishing, variables: RunVariables): string[] {
  const { ref, source } = variables;
  return [
    ...refusal(one, variables),
    'commit="$(git rev-parse HEAD)"',
    'pushed="$(flux push artifact "oci://$ARTIFACT:git-$commit" --path="$DIRECTORY" \\',
    `  --source="${source}" --revision="${ref}@sha1:$commit" \\`,
    '  --reproducible --output=json)"',
    'signed="$ARTIFACT@$(jq -er .digest <<< "$pushed")"',
    'cosign sign --yes "$signed"',
    'cosign verify --certificate-identity-regexp="$SUBJECT" \\',
    '  --certificate-oidc-issuer-regexp="$ISSUER" "$signed" > /dev/null',
    ...movingTags(one),
    tagged('"$version"'),
  ];
}

/**
 * Moves tags on, never back: a run that is started again, or overtaken by a later one, finds that there is a version which they
 * must not leave. Versions of a branch grow from run to run; a Git tag may be of an older series, and is published once.
 */
function movingTags({ movingTags: tags, workflow }: Publishing): string[] {
  if (tags.length === 0) {
    return [];
  }
  const standing = workflow.ref._kind === 'tags' ? '=$version' : '>$version';
  return [
    'if [[ "$version" != *-* ]]; then',
    `  standing="$(flux list artifacts "oci://$ARTIFACT" --filter-semver="${standing}")"`,
    '  if [[ "$standing" == *"$ARTIFACT:"* ]]; then',
    `    echo "leaving ${tags.join(', ')}: what was published last is not $version, but"`,
    '    echo "$standing"',
    '  else',
    ...tags.map((tag) => `    ${tagged(tag)}`),
    '  fi',
    'fi',
  ];
}

function tagged(tag: string): string {
  return `flux tag artifact "oci://$signed" --tag=${tag}`;
}

/** Leaves the version in `version`. */
function refusal({ workflow }: Publishing, { identity, ref, run }: RunVariables): string[] {
  return [
    `identity="${identity}"`,
    'if ! [[ "$identity" =~ $SUBJECT ]]; then',
    '  echo "Flux takes what $SUBJECT signs, which is not $identity"',
    '  exit 1',
    'fi',
    ...(workflow.ref._kind === 'tags'
      ? [`ref="${ref}"`, 'version="${ref#"$TAG_PREFIX"}"']
      : [`version="$SERIES.${run}"`]),
    'if ! [[ "$version" =~ $SEMVER ]]; then',
    '  echo "\'$version\' is no semantic version such as 1.2.3 or 1.2.3-rc.1"',
    '  exit 1',
    'fi',
  ];
}

/** Lines of a block of YAML. */
export function indented(by: number, lines: readonly string[]): string {
  return lines.map((line) => `${' '.repeat(by)}${line}`).join('\n');
}
