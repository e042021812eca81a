import fs from 'fs';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { AppRepo, ContainerImage, DigestReflection, Fleet, GitTarget, TagPolicy } from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet, temporaryDirectory } from '../synthesized';

interface Program {
  /** Image of the pipeline. */
  readonly image?: string;
  readonly tag?: string;
  /** Id of the pipeline, and so the name of its policy. */
  readonly policy?: string;
  /** Id of the construct, and so the directory of its file. */
  readonly app?: string;
  readonly field?: 'a' | 'b';
  readonly pinned?: boolean;
}

/** The app repository of a program with one marked field. */
function program(options: Program = {}): AppRepo {
  const { image = 'ghcr.io/acme/podinfo', tag = '1.0.0', policy = 'podinfo' } = options;
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const repo = new AppRepo(app as Fleet, 'apps', { tenant: team });
  const tags = TagPolicy.semver('>=1.0.0');
  const used: ContainerImage = addPipeline(team, { image, tags }, policy).image(tag);
  const object = new ApiObject(repo, options.app ?? 'podinfo', {
    apiVersion: 'example.com/v1',
    kind: 'App',
    metadata: { name: 'podinfo' },
    spec: { [options.field ?? 'a']: used.reference, other: 'untouched' },
  });
  (options.pinned ? used.pinned() : used).markIn(object, `/spec/${options.field ?? 'a'}`);
  return repo;
}

const FILE = 'apps/team-a/podinfo/app.yaml';

/** A clone as Flux left it: written by `before`, then a tag committed. */
function clone(change: (text: string) => string, before: Program = {}): string {
  const root = temporaryDirectory();
  program(before).write(root);
  const file = `${root}/apps/team-a/${before.app ?? 'podinfo'}/app.yaml`;
  fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
  return root;
}

const bump = (text: string) => text.replace(':1.0.0 #', ':1.4.2 #');
const textIn = (root: string, file: string = FILE) => fs.readFileSync(`${root}/${file}`, 'utf8');

describe('a tag that Flux committed', () => {
  test('stays, and nothing is left to write', () => {
    const root = clone(bump);
    const before = textIn(root);
    const plan = program().write(root);
    expect(plan.isUpToDate).toBe(true);
    expect(plan.kept).toEqual([
      `${FILE} /spec/a: ghcr.io/acme/podinfo:1.4.2, not ghcr.io/acme/podinfo:1.0.0`,
    ]);
    expect(plan.toString()).toContain(`keep ${FILE} /spec/a`);
    expect(textIn(root)).toBe(before);
  });

  test('stays when the program says another tag, or changes something else of the object', () => {
    const root = clone(bump);
    expect(program({ tag: '1.1.0' }).plan(root).isUpToDate).toBe(true);
    const changed = textIn(root).replace('untouched', 'edited');
    fs.writeFileSync(`${root}/${FILE}`, changed);
    expect(program().write(root).updated).toEqual([FILE]);
    expect(textIn(root)).toContain('podinfo:1.4.2 # {"$imagepolicy": "team-a:podinfo"}');
    expect(textIn(root)).toContain('other: untouched');
  });

  test('stays with its digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const root = clone((text) => text.replace(':1.0.0 #', `:1.4.2@${digest} #`));
    expect(program().plan(root).isUpToDate).toBe(true);
  });

  test.each([
    ['other quotes', (text: string) => text.replace(/a: (\S+) #/, 'a: "$1" #')],
    ['another order of keys', (text: string) => moveLast(text, '  name: podinfo\n')],
    ['comments of people', (text: string) => `# mind the gap\n${text}# the end\n`],
    ['a leading ---', (text: string) => `---\n${text}`],
    ['CRLF', (text: string) => text.replace(/\n/g, '\r\n')],
  ])('stays in a file with %s', (_, reformat) => {
    const root = clone((text) => reformat(bump(text)));
    const plan = program().write(root);
    expect(plan.kept).toHaveLength(1);
    expect(plan.isUpToDate).toBe(true);
    expect(textIn(root)).toMatch(/a: "?ghcr\.io\/acme\/podinfo:1\.4\.2"? # \{"\$imagepolicy"/);
  });

  test('stays when a construct is renamed and its file moves', () => {
    const root = clone(bump);
    const plan = program({ app: 'renamed' }).write(root);
    expect(plan.removed).toContain(FILE);
    expect(plan.kept).toHaveLength(1);
    expect(textIn(root, 'apps/team-a/renamed/app.yaml')).toContain('podinfo:1.4.2 #');
    expect(program({ app: 'renamed' }).plan(root).isUpToDate).toBe(true);
  });

  test.each<[string, Program]>([
    ['the image', { image: 'ghcr.io/acme/podinfo-next' }],
    ['the policy', { policy: 'other' }],
  ])('does not stay when the program changes %s, and the plan says so', (_, change) => {
    const root = clone(bump);
    const plan = program(change).write(root);
    expect(plan.kept).toEqual([]);
    const image = change.image ?? 'ghcr.io/acme/podinfo';
    expect(plan.reset).toEqual([
      `${FILE} /spec/a: ghcr.io/acme/podinfo:1.4.2 becomes ${image}:1.0.0`,
    ]);
    expect(plan.toString()).toContain(`reset ${FILE} /spec/a: ghcr.io/acme/podinfo:1.4.2 becomes`);
    expect(textIn(root)).toContain(':1.0.0 #');
    expect(textIn(root)).not.toContain('1.4.2');
  });

  test('stays when the program moves it to another field', () => {
    const root = clone(bump);
    const plan = program({ field: 'b' }).write(root);
    expect(plan.kept).toEqual([
      `${FILE} /spec/b: ghcr.io/acme/podinfo:1.4.2, not ghcr.io/acme/podinfo:1.0.0`,
    ]);
    expect(plan.reset).toEqual([]);
    expect(textIn(root)).toContain('b: ghcr.io/acme/podinfo:1.4.2 # {"$imagepolicy"');
  });

  test('gives way to a pinned one, and the plan says so', () => {
    const root = clone(bump);
    const plan = program({ pinned: true, tag: '1.2.0' }).write(root);
    expect(plan.updated).toEqual([FILE]);
    expect(plan.kept).toEqual([]);
    expect(plan.overruled).toEqual([
      `${FILE} /spec/a: ghcr.io/acme/podinfo:1.4.2 becomes ghcr.io/acme/podinfo:1.2.0, which is pinned`,
    ]);
    expect(textIn(root)).toContain('podinfo:1.2.0 # {"$imagepolicy": "team-a:podinfo"}');
  });

  test('is not lost to a file that cannot be read', () => {
    const root = clone((text) => bump(text).replace('  other:', ' other: [\n  x:'));
    const before = textIn(root);
    expect(() => program().write(root)).toThrow(
      /cannot tell which tags were committed to 'apps\/team-a\/podinfo\/app.yaml': [^]*; mend the file, or remove it/,
    );
    expect(textIn(root)).toBe(before);
  });

  test.each(['', 'oops', 'ghcr.io/acme/podinfo', 'ghcr.io/acme/podinfo:1 2'])(
    'is not guessed from %j',
    (value) => {
      const root = clone((text) => text.replace(/a: \S+ #/, `a: ${JSON.stringify(value)} #`));
      expect(() => program().plan(root)).toThrow(/must hold an image at \/spec\/a/);
    },
  );

  test('cannot smuggle another image in', () => {
    const root = clone((text) => text.replace('acme/podinfo:1.0.0', 'evil/podinfo:1.4.2'));
    const plan = program().write(root);
    expect(plan.kept).toEqual([]);
    expect(textIn(root)).toContain('ghcr.io/acme/podinfo:1.0.0 #');
  });

  test('stays whatever it is', () => {
    const repo = program();
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}$/);
    fc.assert(
      fc.property(tag, fc.boolean(), (chosen, withDigest) => {
        const version = `${chosen}${withDigest ? `@sha256:${'a'.repeat(64)}` : ''}`;
        const root = clone((text) => text.replace(':1.0.0 #', `:${version} #`));
        expect(repo.plan(root).isUpToDate).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a tag, name or digest alone', () => {
  const DIGESTS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);

  /** The values of a chart, with a field for each part of the image. */
  function chart(image: string = 'ghcr.io/acme/podinfo', digests?: DigestReflection): AppRepo {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const used = addPipeline(team, { image, digests }).image('1.0.0', DIGESTS[0]);
    const repo = new AppRepo(app, 'apps', { tenant: team });
    const object = new ApiObject(repo, 'podinfo', {
      apiVersion: 'example.com/v1',
      kind: 'App',
      metadata: { name: 'podinfo' },
      spec: { repository: used.name, tag: used.tag, digest: used.digest },
    });
    used.markNameIn(object, '/spec/repository');
    used.markTagIn(object, '/spec/tag');
    used.markDigestIn(object, '/spec/digest');
    return repo;
  }

  function moved(): string {
    const root = temporaryDirectory();
    chart().write(root);
    const text = textIn(root).replace("'1.0.0' #", "'1.10' #").replace(DIGESTS[0], DIGESTS[1]);
    fs.writeFileSync(`${root}/${FILE}`, text);
    return root;
  }

  test('carries its own marker, beside the name of the image that a tag does not tell', () => {
    const root = temporaryDirectory();
    chart().write(root);
    const text = textIn(root);
    expect(text).toContain(
      'repository: ghcr.io/acme/podinfo # {"$imagepolicy": "team-a:podinfo:name"}',
    );
    expect(text).toContain(`tag: '1.0.0' # {"$imagepolicy": "team-a:podinfo:tag"}`);
    expect(text).toContain(`# {"$imagepolicy": "team-a:podinfo:digest"}`);
    expect(text).toContain('images.cdk8s-flux-tenants/podinfo: ghcr.io/acme/podinfo');
  });

  test('stays as Flux committed it', () => {
    const root = moved();
    const plan = chart().plan(root);
    expect(plan.isUpToDate).toBe(true);
    expect(plan.kept).toEqual([
      `${FILE} /spec/digest: ${DIGESTS[1]}, not ${DIGESTS[0]}`,
      `${FILE} /spec/tag: 1.10, not 1.0.0`,
    ]);
  });

  test('does not stay for another image', () => {
    const root = moved();
    const plan = chart('ghcr.io/acme/other').write(root);
    expect(plan.kept).toEqual([]);
    expect(textIn(root)).toContain(`tag: '1.0.0' #`);
    expect(textIn(root)).toContain('repository: ghcr.io/acme/other #');
  });

  test('is no digest where the pipeline follows none, which Flux would empty', () => {
    expect(() => chart('ghcr.io/acme/podinfo', DigestReflection.never())).toThrow(
      /must have no digest, which pipeline 'podinfo' does not follow: Flux would remove it/,
    );
  });

  test('is there to be marked', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const image = addPipeline(team).image('1.0.0');
    const repo = new AppRepo(app, 'apps', { tenant: team });
    expect(() => image.markDigestIn(repo, '/x')).toThrow(/has no digest/);
  });
});

describe('an image in a kustomization file', () => {
  const KUSTOMIZATION = 'apps/team-a/kustomization.yaml';
  const DIGESTS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);

  function images(image: string = 'ghcr.io/acme/podinfo', others: string[] = []): AppRepo {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const repo = new AppRepo(app, 'apps', { tenant: team });
    repo.useImage(addPipeline(team, { image }).image('1.0.0', DIGESTS[0]), 'podinfo');
    others.forEach((other) => repo.useImage(ContainerImage.of('ghcr.io/acme/other:1'), other));
    return repo;
  }

  function moved(): string {
    const root = temporaryDirectory();
    images().write(root);
    const text = textIn(root, KUSTOMIZATION).replace("'1.0.0' #", "'1.10' #");
    fs.writeFileSync(`${root}/${KUSTOMIZATION}`, text.replace(DIGESTS[0], DIGESTS[1]));
    return root;
  }

  test('stays as Flux committed it', () => {
    const plan = images().plan(moved());
    expect(plan.isUpToDate).toBe(true);
    expect(plan.kept).toEqual([
      `${KUSTOMIZATION} /images/0/digest: ${DIGESTS[1]}, not ${DIGESTS[0]}`,
      `${KUSTOMIZATION} /images/0/newTag: 1.10, not 1.0.0`,
    ]);
  });

  test('stays when others come before it', () => {
    const root = moved();
    const plan = images(undefined, ['a', 'z']).write(root);
    expect(plan.updated).toEqual([KUSTOMIZATION]);
    expect(plan.kept).toHaveLength(2);
    const text = textIn(root, KUSTOMIZATION);
    expect(text).toContain(`newTag: '1.10' # {"$imagepolicy": "team-a:podinfo:tag"}`);
    expect(text).toContain(`digest: ${DIGESTS[1]} # {"$imagepolicy": "team-a:podinfo:digest"}`);
  });

  test('does not stay for another image', () => {
    const root = moved();
    expect(images('ghcr.io/acme/next').write(root).kept).toEqual([]);
    expect(textIn(root, KUSTOMIZATION)).toContain(`newTag: '1.0.0' #`);
  });

  test('stays when manifests come to call it otherwise', () => {
    const root = moved();
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const repo = new AppRepo(app, 'apps', { tenant: team });
    repo.useImage(addPipeline(team).image('1.0.0', DIGESTS[0]), 'podinfo-old');
    const plan = repo.write(root);
    expect(plan.kept).toHaveLength(2);
    expect(plan.reset).toEqual([]);
    expect(textIn(root, KUSTOMIZATION)).toContain(`newTag: '1.10' #`);
  });

  test('is reported when the program has none any more', () => {
    const root = moved();
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    expect(new AppRepo(app, 'apps', { tenant: team }).plan(root).reset).toEqual([
      `${KUSTOMIZATION} /images/0/digest: ${DIGESTS[1]} is gone`,
      `${KUSTOMIZATION} /images/0/newName: ghcr.io/acme/podinfo is gone`,
      `${KUSTOMIZATION} /images/0/newTag: 1.10 is gone`,
    ]);
  });

  test('stays when the path of the repository changes', () => {
    const root = moved();
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const commitTo = GitTarget.pullRequestBranch({ ...TARGET, path: './deploy' });
    const repo = new AppRepo(app, 'apps', { tenant: team, path: 'deploy' });
    repo.useImage(addPipeline(team, { commitTo }).image('1.0.0', DIGESTS[0]), 'podinfo');
    const plan = repo.write(root);
    expect(plan.kept).toHaveLength(2);
    expect(plan.reset).toEqual([]);
    expect(textIn(root, 'deploy/kustomization.yaml')).toContain(`newTag: '1.10' #`);
    expect(repo.plan(root).isUpToDate).toBe(true);
  });
});

test.each<[string, Program]>([
  ['stays', {}],
  ['moves', { app: 'renamed' }],
])('each file is read once when one %s', (_, change) => {
  const root = clone(bump);
  const read = jest.spyOn(fs, 'readFileSync');
  program(change).plan(root);
  const files = read.mock.calls
    .map(([file]) => String(file))
    .filter((file) => file.startsWith(root));
  read.mockRestore();
  expect(files).toHaveLength(new Set(files).size);
  expect(files.some((file) => file.endsWith('app.yaml'))).toBe(true);
});

function moveLast(text: string, line: string): string {
  const [head, tail] = text.split('spec:');
  return `spec:${tail}${head.replace(line, '')}${line}`;
}
