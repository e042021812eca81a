import { Publishing } from './publish-options';
import { checkScript, indented, publishScript, scriptVariables } from './publish-script';
import { quoted } from './quoted';
import { requireOciRepository } from './url';

/** The registry that the token of a job may write to. */
const OWN_REGISTRY = 'registry.gitlab.com';

const RUN = {
  identity: '$CI_SERVER_URL/$CI_PROJECT_PATH//$CI_CONFIG_PATH@$kind/$CI_COMMIT_REF_NAME',
  ref: '$CI_COMMIT_REF_NAME',
  run: '$CI_PIPELINE_IID',
  // The address of the clone has the token of the job in it.
  source: '$CI_PROJECT_URL.git',
};

/** Returns `image` when its digest says which one it is; throws otherwise. */
export function requireImage(image: unknown): string {
  const [name, digest, ...more] = String(image).split('@');
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest) || more.length > 0) {
    throw new Error(`image must be '<host>/<path>@sha256:<digest>', got ${quoted(image)}`);
  }
  requireOciRepository('image', name);
  return String(image);
}

/** Throws when it is not known how to log in to the registry. */
export function gitlabJobs(one: Publishing, image: string): string {
  const { user, token } = credentials(one);
  return `.publish:
  image: '${image}'
  interruptible: false
  rules:
    - if: ${condition(one)}
check-manifests:
  extends: .publish
  stage: test
  script:
    - |
${indented(6, [...assignments(one), ...checkScript(one)])}
publish-manifests:
  extends: .publish
  stage: deploy
  needs:
    - check-manifests
  resource_group: '${one.artifact.replace(':', '-')}'
  id_tokens:
    SIGSTORE_ID_TOKEN:
      aud: sigstore
  script:
    - |
${indented(6, [
  ...assignments(one),
  `cosign login "$REGISTRY" --username "$${user}" --password-stdin <<< "$${token}"`,
  `kind=refs/${one.workflow.ref._kind === 'tags' ? 'tags' : 'heads'}`,
  ...publishScript(one, RUN),
])}
`;
}

/** In the script, because GitLab would look for variables within variables. */
function assignments(one: Publishing): string[] {
  const values = Object.entries(scriptVariables(one));
  return ['set -euo pipefail', ...values.map(([name, value]) => `${name}='${value}'`)];
}

/** Of protected refs alone: whoever may push another one signs nothing. */
function condition({ workflow }: Publishing): string {
  const { _kind: kind, _name: name, _pattern: pattern } = workflow.ref;
  const named =
    kind === 'branch'
      ? `$CI_COMMIT_BRANCH == "${name}"`
      : `$CI_COMMIT_TAG =~ /^${pattern.slice('refs/tags/'.length).replaceAll('/', '\\/')}$/`;
  return `'${named} && $CI_COMMIT_REF_PROTECTED == "true" && $CI_PIPELINE_SOURCE == "push"'`;
}

function credentials({ login, registry }: Publishing): { user: string; token: string } {
  if (login !== undefined) {
    return { user: login.usernameVariable, token: login.passwordVariable };
  }
  if (registry !== OWN_REGISTRY) {
    throw new Error(`login must name the variables with which to log in to '${registry}'`);
  }
  return { user: 'CI_REGISTRY_USER', token: 'CI_REGISTRY_PASSWORD' };
}
