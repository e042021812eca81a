import { spawnSync } from 'child_process';
import * as fs from 'fs';
import { parse } from 'yaml';
import {
  OciVersion,
  PublishOptions,
  PublishWorkflow,
  SecretRef,
  Signature,
  SignedOciSource,
  WorkflowRef,
} from '../../src';
import { goRegex } from '../../src/vocabulary/go-regex';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const tags = Signature.githubActions({
  repository: 'acme/team-a',
  workflow: 'publish.yaml',
  ref: WorkflowRef.tags('v'),
});
const branch = Signature.githubActions({ repository: 'acme/team-a', workflow: 'publish.yaml' });
const pipeline = Signature.gitlabCi({ project: 'acme/team-a', ref: WorkflowRef.tags('v') });
const options: PublishOptions = {
  url: 'oci://ghcr.io/acme/manifests/team-a',
  path: './apps/team-a',
};
const onBranch = { ...options, series: '1.4' };
const onGitlab = {
  ...options,
  url: 'oci://registry.gitlab.com/acme/team-a',
  image: `registry.gitlab.com/acme/ci@sha256:${'a'.repeat(64)}`,
};

const DIGEST = `sha256:${'0'.repeat(64)}`;
const COMMIT = 'c0ffee';

/** What a script asks of programs, each as a line, and how it ends. */
interface Outcome {
  readonly asked: string[];
  readonly status: number | null;
  readonly said: string;
}

/** Runs a script with programs that note what they are asked, and answer as the real ones do; `ANSWER_LIST` is in the registry. */
function run(script: string, env: { [name: string]: string }, changed = ''): Outcome {
  const directory = temporaryDirectory();
  const answers: { [program: string]: string } = {
    git: `case "$*" in *rev-parse*) echo ${COMMIT};; *config*) echo https://git.example/a;; *status*) printf '%s' "${changed}";; esac`,
    flux: `case "$*" in *push*) echo '{"digest": "${DIGEST}"}';; list*) echo "ARTIFACT DIGEST"; echo "$ANSWER_LIST";; esac`,
    jq: `cat > /dev/null; echo ${DIGEST}`,
    cosign: '[ "$1" != login ] || cat > /dev/null',
    npm: '',
    npx: '',
    mktemp: 'echo /tmp/x',
  };
  for (const [program, answer] of Object.entries(answers)) {
    const note = `printf '%s' ${program} >> "${directory}/asked"
for one; do printf ' <%s>' "$one" >> "${directory}/asked"; done; echo >> "${directory}/asked"\n`;
    fs.writeFileSync(`${directory}/${program}`, `#!/bin/bash\n${note}${answer}\n`, { mode: 0o755 });
  }
  const { status, stdout } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
    { env: { ...env, PATH: `${directory}:${process.env.PATH}` }, encoding: 'utf8' },
  );
  const asked = fs.existsSync(`${directory}/asked`)
    ? fs.readFileSync(`${directory}/asked`, 'utf8').trim().split('\n')
    : [];
  return { asked, status, said: stdout };
}

/** The last step of a workflow on GitHub, in a run of `workflow` at `ref`. */
function publishedBy(text: string, workflow: string, ref: string, more = {}): Outcome {
  const { env, jobs } = parse(text);
  return run(jobs.publish.steps.at(-1).run, {
    ...env,
    GITHUB_WORKFLOW_REF: `${workflow}@${ref}`,
    GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|tags)\//, ''),
    GITHUB_RUN_NUMBER: '17',
    ...more,
  });
}

/** Who a source takes the signature of. */
function takenBy(signature: Signature): (subject: string) => boolean {
  const { app, tenant } = smallFleet();
  const version = OciVersion.semver('>=1.0.0');
  new SignedOciSource(tenant('team-a'), 'manifests', { version, signature });
  const [identity] = find(synthesized(app), 'OCIRepository').spec.verify.matchOIDCIdentity;
  return (subject) => goRegex('subject', identity.subject).matcher(subject).find();
}

describe('a workflow and the source that verifies what it signs', () => {
  const file = 'acme/team-a/.github/workflows/publish.yaml';
  const text = PublishWorkflow.github(tags, options);
  const taken = takenBy(tags);

  test('agree on the repository, the file and the tags', () => {
    expect(taken(`https://github.com/${file}@refs/tags/v1.2.3`)).toBe(true);
    expect(publishedBy(text, file, 'refs/tags/v1.2.3').status).toBe(0);
    expect(parse(text).on).toEqual({ push: { tags: ['v*'] } });
  });

  test.each([
    [
      'the repository of somebody like it',
      file.replace('team-a', 'team-a-evil'),
      'refs/tags/v1.2.3',
    ],
    ['a fork', file.replace('acme', 'evil'), 'refs/tags/v1.2.3'],
    ['another file', file.replace('publish', 'other'), 'refs/tags/v1.2.3'],
    ['a file like it', file.replace('publish.yaml', 'publishXyaml'), 'refs/tags/v1.2.3'],
    ['a branch', file, 'refs/heads/v1.2.3'],
    ['another tag', file, 'refs/tags/x1.2.3'],
    ['a tag below it', file, 'refs/tags/v1/2.3'],
    ['a pull request', file, 'refs/pull/1/merge'],
  ])('refuse %s alike', (_, workflow, ref) => {
    expect(taken(`https://github.com/${workflow}@${ref}`)).toBe(false);
    const { asked, status, said } = publishedBy(text, workflow, ref);
    expect(status).toBe(1);
    expect(said).toContain(`which is not https://github.com/${workflow}@${ref}`);
    expect(asked).toEqual([]);
  });

  test('agree on a branch, too', () => {
    const ofBranch = PublishWorkflow.github(branch, onBranch);
    expect(parse(ofBranch).on).toEqual({ push: { branches: ['main'] } });
    for (const [ref, isTheirs] of [
      ['refs/heads/main', true],
      ['refs/heads/main-evil', false],
      ['refs/tags/main', false],
    ] as const) {
      expect(takenBy(branch)(`https://github.com/${file}@${ref}`)).toBe(isTheirs);
      expect(publishedBy(ofBranch, file, ref).status).toBe(isTheirs ? 0 : 1);
    }
  });

  test('agree on GitLab', () => {
    const jobs = parse(PublishWorkflow.gitlab(pipeline, onGitlab));
    const project = {
      CI_SERVER_URL: 'https://gitlab.com',
      CI_PROJECT_PATH: 'acme/team-a',
      CI_PROJECT_URL: 'https://gitlab.com/acme/team-a',
      CI_CONFIG_PATH: '.gitlab-ci.yml',
      CI_COMMIT_REF_NAME: 'v1.2.3',
      CI_PIPELINE_IID: '17',
      CI_REGISTRY_USER: 'user',
      CI_REGISTRY_PASSWORD: 'password',
    };
    const theirs = 'https://gitlab.com/acme/team-a//.gitlab-ci.yml@refs/tags/v1.2.3';
    expect(takenBy(pipeline)(theirs)).toBe(true);
    const [script] = jobs['publish-manifests'].script;
    const { asked, status } = run(script, project);
    expect(status).toBe(0);
    expect(asked).toContain(`cosign <sign> <--yes> <registry.gitlab.com/acme/team-a@${DIGEST}>`);
    expect(asked).toContain(
      `flux <tag> <artifact> <oci://registry.gitlab.com/acme/team-a@${DIGEST}> <--tag=1.2.3>`,
    );
    for (const other of [
      { CI_PROJECT_PATH: 'acme/team-a-evil' },
      { CI_PROJECT_PATH: 'evil/team-a' },
      { CI_CONFIG_PATH: 'other.yml' },
      { CI_SERVER_URL: 'https://gitlab.example' },
      { CI_COMMIT_REF_NAME: 'x1.2.3' },
    ]) {
      const refused = run(script, { ...project, ...other });
      expect(refused.status).toBe(1);
      expect(refused.asked.filter((line) => !line.startsWith('cosign <login>'))).toEqual([]);
    }
  });
});

describe('a workflow that publishes', () => {
  const file = 'acme/team-a/.github/workflows/publish.yaml';
  const text = PublishWorkflow.github(tags, options);
  const workflow = parse(text);

  test('pushes, signs and verifies before there is a version that Flux could find', () => {
    const { asked } = publishedBy(text, file, 'refs/tags/v1.2.3');
    const artifact = 'ghcr.io/acme/manifests/team-a';
    expect(asked.filter((line) => /^(?:flux|cosign)/.test(line))).toEqual([
      `flux <push> <artifact> <oci://${artifact}:git-${COMMIT}> <--path=./apps/team-a> ` +
        `<--source=https://git.example/a> <--revision=v1.2.3@sha1:${COMMIT}> <--reproducible> <--output=json>`,
      `cosign <sign> <--yes> <${artifact}@${DIGEST}>`,
      `cosign <verify> <--certificate-identity-regexp=${workflow.env.SUBJECT}> ` +
        `<--certificate-oidc-issuer-regexp=${workflow.env.ISSUER}> <${artifact}@${DIGEST}>`,
      `flux <tag> <artifact> <oci://${artifact}@${DIGEST}> <--tag=1.2.3>`,
    ]);
  });

  test('numbers what it publishes from a branch, and moves the tags that are meant to', () => {
    const moving = PublishWorkflow.github(branch, { ...onBranch, movingTags: ['production'] });
    const { asked } = publishedBy(moving, file, 'refs/heads/main');
    expect(asked.slice(-2)).toEqual([
      expect.stringMatching(/^flux <tag> .* <--tag=production>$/),
      expect.stringMatching(/^flux <tag> .* <--tag=1[.]4[.]17>$/),
    ]);
    expect(asked.join('\n')).toContain(`<--revision=main@sha1:${COMMIT}>`);
  });

  test.each([
    ['v1.2.3', ['production', '1.2.3']],
    ['v2.0.0-rc.1', ['2.0.0-rc.1']],
  ])('of %s is tagged %j', (tag, all) => {
    const moving = PublishWorkflow.github(tags, { ...options, movingTags: ['production'] });
    const { asked, status } = publishedBy(moving, file, `refs/tags/${tag}`);
    expect(status).toBe(0);
    expect(asked.flatMap((line) => /<--tag=(.*)>$/.exec(line)?.slice(1) ?? [])).toEqual(all);
  });

  test.each([
    ['a branch', branch, onBranch, 'refs/heads/main', '>1.4.17', '1.4.17'],
    ['a tag', tags, options, 'refs/tags/v1.2.3', '=1.2.3', '1.2.3'],
  ])('of %s never moves tags back', (_, signature, usual, ref, filter, version) => {
    const moving = PublishWorkflow.github(signature, { ...usual, movingTags: ['production', 'x'] });
    const tagsOf = (answer: string) =>
      publishedBy(moving, file, ref, { ANSWER_LIST: answer }).asked.flatMap(
        (line) => /<--tag=(.*)>$/.exec(line)?.slice(1) ?? [],
      );
    expect(tagsOf('')).toEqual(['production', 'x', version]);
    const standing = 'ghcr.io/acme/manifests/team-a:9.9.9 sha256:0';
    expect(tagsOf(standing)).toEqual([version]);
    const { asked, said } = publishedBy(moving, file, ref, { ANSWER_LIST: standing });
    expect(asked).toContain(
      `flux <list> <artifacts> <oci://ghcr.io/acme/manifests/team-a> <--filter-semver=${filter}>`,
    );
    expect(said).toContain(`leaving production, x: what was published last is not ${version}`);
    expect(said).toContain(standing);
  });

  test('that could not ask what was published gives no version', () => {
    const moving = PublishWorkflow.github(tags, { ...options, movingTags: ['production'] });
    const broken = moving.replace('flux list', 'false');
    const { asked, status } = publishedBy(broken, file, 'refs/tags/v1.2.3');
    expect(status).not.toBe(0);
    expect(asked.join()).not.toContain('<--tag=');
  });

  test('runs one at a time for what it publishes, and drops no version', () => {
    expect(workflow.concurrency).toEqual({
      group: 'publish-ghcr.io/acme/manifests/team-a',
      queue: 'max',
    });
    expect(parse(PublishWorkflow.github(branch, onBranch)).concurrency).toEqual({
      group: 'publish-ghcr.io/acme/manifests/team-a',
    });
    const url = 'oci://registry.acme.example:5000/team-a';
    const login = { usernameVariable: 'BOT', passwordVariable: 'BOT_PASSWORD' };
    const jobs = parse(PublishWorkflow.gitlab(pipeline, { ...onGitlab, url, login }));
    const { resource_group: group } = jobs['publish-manifests'];
    expect(group).toBe('registry.acme.example-5000/team-a');
    expect(group).toMatch(/^[A-Za-z0-9_\-${}. ][A-Za-z0-9_\-/${}. ]*$/);
    expect(jobs['check-manifests']).not.toHaveProperty('resource_group');
  });

  test.each([
    'v1',
    'v1.2',
    'vlatest',
    'v1.2.3+4',
    'v01.2.3',
    'v1.2.3-01',
    'v1.2.3-',
    'v1.2.3;id',
    'v$(id)',
    'v"',
  ])('publishes no tag %s, which is no version', (tag) => {
    const { asked, status, said } = publishedBy(text, file, `refs/tags/${tag}`);
    expect([status, asked]).toEqual([1, []]);
    expect(said).toContain(`'${tag.slice(1)}' is no semantic version`);
  });

  test.each(['v1.2.3-rc.1', 'v0.0.0', 'v1.2.3--', 'v10.20.30-0a'])('publishes %s', (tag) => {
    const { asked, status } = publishedBy(text, file, `refs/tags/${tag}`);
    expect(status).toBe(0);
    expect(asked.at(-1)).toContain(`<--tag=${tag.slice(1)}>`);
  });

  test('stops where one of its steps fails', () => {
    const broken = text.replace('jq -er .digest', 'false');
    const { asked, status } = publishedBy(broken, file, 'refs/tags/v1.2.3');
    expect(status).not.toBe(0);
    expect(asked.join()).not.toMatch(/cosign|tag/);
  });

  test('may push and sign only where it runs no code of the repository or of packages', () => {
    expect(workflow.permissions).toEqual({});
    const { check, publish } = workflow.jobs;
    expect(check.permissions).toEqual({ contents: 'read' });
    expect(publish.permissions).toEqual({
      contents: 'read',
      'id-token': 'write',
      packages: 'write',
    });
    expect(publish.needs).toBe('check');
    expect(publish.steps.map(({ run: script = '' }: any) => script).join('')).not.toMatch(/np[mx]/);
    expect(check.steps.at(-1).run).toMatch(/^npm ci\nnpm run synth\n/);
  });

  test('has actions by their commits, and checks out without leaving the token behind', () => {
    const steps = [...workflow.jobs.check.steps, ...workflow.jobs.publish.steps];
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used).toHaveLength(4);
    used.forEach((one: string) => expect(one).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/));
    expect(text.match(/uses: .*/g)!.every((one) => / # v\d+[.]\d+[.]\d+$/.test(one))).toBe(true);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((one) => one.with['persist-credentials'])).toEqual([false, false]);
  });

  test('puts no expression into a script, which a tag could fill', () => {
    for (const { steps } of Object.values<any>(workflow.jobs)) {
      steps.forEach(({ run: script = '' }: any) => expect(script).not.toContain('${{'));
    }
    expect(text.match(/\$\{\{.*?\}\}/g)).toEqual(['${{ github.actor }}', '${{ github.token }}']);
  });

  test('compares what is committed with what is synthesized, and audits it', () => {
    const [{ run: script }] = workflow.jobs.check.steps.slice(-1);
    const { asked, status } = run(script, workflow.env);
    expect(status).toBe(0);
    expect(asked).toEqual([
      'npm <ci>',
      'npm <run> <synth>',
      'git <status> <--porcelain> <--untracked-files=all> <--> <./apps/team-a>',
      'mktemp <-d>',
      'git <worktree> <add> <--quiet> <--detach> </tmp/x/committed>',
      'npx <--no> <--> <cdk8s-flux-tenants> <audit> </tmp/x/committed>',
    ]);
    const changed = run(script, workflow.env, ' M apps/team-a/deployment.yaml');
    expect(changed.status).toBe(1);
    expect(changed.said).toContain('M apps/team-a/deployment.yaml');
    expect(changed.asked.join()).not.toContain('npx');
  });

  test('logs in to another registry with secrets that are named, and needs no right to packages then', () => {
    const login = { usernameVariable: 'REGISTRY_BOT', passwordVariable: 'REGISTRY_PASSWORD' };
    const url = 'oci://registry.acme.example/team-a';
    const { publish } = parse(PublishWorkflow.github(tags, { ...options, url, login })).jobs;
    expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const { env, run: script } = publish.steps.at(-2);
    expect(env).toEqual({
      REGISTRY_USER: '${{ secrets.REGISTRY_BOT }}',
      REGISTRY_TOKEN: '${{ secrets.REGISTRY_PASSWORD }}',
    });
    const { asked } = run(script, {
      REGISTRY: 'registry.acme.example',
      REGISTRY_USER: 'bot',
      REGISTRY_TOKEN: 'secret',
    });
    expect(asked).toEqual([
      'cosign <login> <registry.acme.example> <--username> <bot> <--password-stdin>',
    ]);
  });

  test('of GitLab signs in one job alone, of protected refs that were pushed', () => {
    const text2 = PublishWorkflow.gitlab(pipeline, onGitlab);
    const jobs = parse(text2);
    expect(jobs['.publish'].rules).toEqual([
      {
        if: '$CI_COMMIT_TAG =~ /^v[^\\/@]+$/ && $CI_COMMIT_REF_PROTECTED == "true" && $CI_PIPELINE_SOURCE == "push"',
      },
    ]);
    expect(jobs['publish-manifests'].id_tokens).toEqual({ SIGSTORE_ID_TOKEN: { aud: 'sigstore' } });
    expect(jobs['publish-manifests'].needs).toEqual(['check-manifests']);
    expect(jobs['check-manifests']).not.toHaveProperty('id_tokens');
    expect(text2).not.toContain('remote.origin.url');
  });
});

describe('a workflow that publishes is not written', () => {
  const github = (signature: Signature, more: object) => () =>
    PublishWorkflow.github(signature, { ...options, ...more });

  test.each([
    [
      'of a key',
      github(Signature.cosignKey(SecretRef.named('x')), {}),
      /^signature must be made by Signature.githubActions/,
    ],
    [
      'of Notation',
      github(Signature.notation(SecretRef.named('x')), {}),
      /^signature must be made by Signature.githubActions, .*, got one of no workflow$/,
    ],
    [
      'of an identity that tells of no workflow',
      github(Signature.keyless({ issuer: 'https://a.example', subject: 'b' }), {}),
      /^signature must be made by Signature.githubActions, .*, got one of no workflow$/,
    ],
    [
      'of a pipeline elsewhere',
      github(pipeline, {}),
      /^signature must be made by Signature.githubActions/,
    ],
    [
      'of a workflow elsewhere',
      () => PublishWorkflow.gitlab(tags, onGitlab),
      /^signature must be made by Signature.gitlabCi, .*, got one of a workflow at github$/,
    ],
    [
      'with an authority that it does not know',
      github(
        Signature.githubActions({
          repository: 'a/b',
          workflow: 'c.yml',
          trustedRoot: SecretRef.named('x'),
        }),
        { series: '1.0' },
      ),
      /^signature must be one of the public Sigstore/,
    ],
    [
      'to no registry',
      github(tags, { url: 'https://ghcr.io/acme/x' }),
      /^url must start with 'oci:\/\/'/,
    ],
    [
      'to a tag',
      github(tags, { url: 'oci://ghcr.io/acme/x:1.0.0' }),
      /^url must be 'oci:\/\/<host>\/<path>' in lowercase, without tag or digest, got 'oci:\/\/ghcr.io\/acme\/x:1.0.0'$/,
    ],
    [
      'to a registry that nobody logs in to',
      github(tags, { url: 'oci://registry.acme.example/x' }),
      /^login must name the secrets with which to log in to 'registry.acme.example'$/,
    ],
    [
      'from outside of the repository',
      github(tags, { path: '../x' }),
      /^path must be a relative directory/,
    ],
    [
      'from a directory for the shell',
      github(tags, { path: './$(id)' }),
      /^path must be a relative directory/,
    ],
    ['without commands', github(tags, { synth: [] }), /^synth must be at least one command$/],
    [
      'with two commands in one line',
      github(tags, { synth: ['a\nb'] }),
      /^command of synth must be a text of one line/,
    ],
    [
      'with an expression',
      github(tags, { synth: ['echo ${{ github.event.head_commit.message }}'] }),
      /^command of synth must be a line without/,
    ],
    ['with an empty command', github(tags, { synth: [''] }), /^command of synth must be a line/],
    [
      'with numbers for tags that carry versions',
      github(tags, { series: '1.0' }),
      /^series must be left out: versions are what is behind 'v' in tags$/,
    ],
    [
      'without numbers for a branch',
      github(branch, {}),
      /^series must be two numbers such as '1.4' where branch 'main' is published, got none$/,
    ],
    ['with three numbers', github(branch, { series: '1.0.0' }), /^series must be two numbers/],
    ['with tags that are none', github(tags, { movingTags: ['a b'] }), /^tag must be/],
    [
      'with secrets for the shell',
      github(tags, { login: { usernameVariable: 'A', passwordVariable: 'b }}' } }),
      /^variable of a login must be capitals/,
    ],
    [
      'with secrets of GitHub itself',
      github(tags, { login: { usernameVariable: 'A', passwordVariable: 'GITHUB_TOKEN' } }),
      /^variable of a login must be/,
    ],
    [
      'with one secret for two',
      github(tags, { login: { usernameVariable: 'A', passwordVariable: 'A' } }),
      /^variables of a login must differ/,
    ],
    [
      'with an image that may become another',
      () => PublishWorkflow.gitlab(pipeline, { ...onGitlab, image: 'node:22' }),
      /^image must be '<host>\/<path>@sha256:<digest>', got 'node:22'$/,
    ],
    [
      'to a registry that GitLab does not log in to',
      () => PublishWorkflow.gitlab(pipeline, { ...onGitlab, url: 'oci://ghcr.io/acme/x' }),
      /^login must name the variables with which to log in to 'ghcr.io'$/,
    ],
  ])('%s', (_, write, message) => {
    expect(write).toThrow(message);
  });
});
