import * as fs from 'fs';
import * as path from 'path';
import {
  AppRepo,
  AppRepoProps,
  ContainerImage,
  DigestReflection,
  ImageAutomationPipelineProps,
} from '../../src';
import { addPipeline } from '../pipelines';
import { objectsIn, readTree, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function appRepo(props: Partial<AppRepoProps> = {}) {
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const repo = new AppRepo(app, 'team-a', { tenant: team, ...props });
  return { app, team, repo, tenant };
}

const FILE = 'team-a/apps/team-a/kustomization.yaml';

describe('the images of an app repository', () => {
  test('are rewritten by Flux in the kustomization file, each part by itself', () => {
    const { app, team, repo } = appRepo();
    repo.useImage(addPipeline(team).image('1.10.0', DIGEST), 'podinfo');
    const text = synthesized(app).get(FILE)!;
    expect(text).toContain(
      [
        'images:',
        '  - name: podinfo',
        '    newName: ghcr.io/acme/podinfo # {"$imagepolicy": "team-a:podinfo:name"}',
        '    newTag: \'1.10.0\' # {"$imagepolicy": "team-a:podinfo:tag"}',
        `    digest: ${DIGEST} # {"$imagepolicy": "team-a:podinfo:digest"}`,
      ].join('\n'),
    );
  });

  test('are sorted by name, and stay without marker where only people change them', () => {
    const { app, repo } = appRepo();
    repo.useImage(ContainerImage.of('ghcr.io/acme/b:1'));
    repo.useImage(ContainerImage.of(`ghcr.io/acme/a@${DIGEST}`));
    const text = synthesized(app).get(FILE)!;
    expect(text).not.toContain('imagepolicy');
    expect(objectsIn(text)[0].images).toEqual([
      { name: 'ghcr.io/acme/a', newName: 'ghcr.io/acme/a', digest: DIGEST },
      { name: 'ghcr.io/acme/b', newName: 'ghcr.io/acme/b', newTag: '1' },
    ]);
  });

  test.each(['.*', 'ghcr.io/acme/x:1 # y', '', 'A'])('are not in the place of %j', (name) => {
    const { repo } = appRepo();
    expect(() => repo.useImage(ContainerImage.of('ghcr.io/acme/a:1'), name)).toThrow(
      /image name in manifests must be such as/,
    );
  });

  test('are one in a place', () => {
    const { repo } = appRepo();
    repo.useImage(ContainerImage.of('ghcr.io/acme/a:1'), 'a');
    expect(() => repo.useImage(ContainerImage.of('ghcr.io/acme/b:1'), 'a')).toThrow(
      "'team-a/Resources' has an image for 'a' already",
    );
  });

  test('are not replaced once more by what kustomize has put in', () => {
    const { repo } = appRepo();
    repo.useImage(ContainerImage.of('ghcr.io/acme/app:1.0.0'), 'app-stable');
    expect(() => repo.useImage(ContainerImage.of('ghcr.io/acme/app:2.0.0'))).toThrow(
      "must not have images for both 'app-stable' and 'ghcr.io/acme/app'",
    );
  });

  test('are not those of another tenant', () => {
    const { repo, tenant } = appRepo();
    const theirs = tenant('team-b', { clusters: [tenant('team-c').clusters[1]] });
    expect(() => repo.useImage(addPipeline(theirs).image('1.0.0'))).toThrow(
      "'team-a' must not use the image policy 'podinfo' of tenant 'team-b'",
    );
  });
});

describe('an image that is used by its tag alone', () => {
  const warnings = (pipeline: Partial<ImageAutomationPipelineProps>, digest?: string) => {
    const { app, team, repo } = appRepo();
    repo.useImage(addPipeline(team, pipeline).image('1.10.0', digest), 'podinfo');
    return repo.plan(app.outdir).warnings;
  };

  test('is warned of where Flux follows its digest', () => {
    expect(warnings({})).toEqual([
      "[team-a] image 'ghcr.io/acme/podinfo:1.10.0' is used by its tag alone, so that what runs changes when the tag is " +
        'pushed again; give the pipeline the digest of that tag (pipeline.image(tag, digest)), or DigestReflection.never()',
    ]);
  });

  test('is fine with a digest, without digests, and where people alone change it', () => {
    expect(warnings({}, DIGEST)).toEqual([]);
    expect(warnings({ digests: DigestReflection.never() })).toEqual([]);
    const { app, repo } = appRepo();
    repo.useImage(ContainerImage.of('ghcr.io/acme/a:1'));
    expect(repo.plan(app.outdir).warnings).toEqual([]);
  });
});

describe('a file of others in an app repository', () => {
  test('is listed beside the apps, and never written', () => {
    const { app, repo } = appRepo({ path: 'deploy' });
    repo.includeFile('legacy.yaml');
    const files = synthesized(app);
    expect(objectsIn(files.get('team-a/deploy/kustomization.yaml'))[0].resources).toEqual([
      'legacy.yaml',
    ]);
    expect(files.has('team-a/deploy/legacy.yaml')).toBe(false);
    expect(repo.plan(`${app.outdir}/team-a`).missing).toEqual(['deploy/legacy.yaml']);
  });

  test.each(['../x.yaml', 'kustomization.yaml', 'x.json', 'https://a.b/c.yaml'])(
    'is not %s',
    (file) => {
      expect(() => appRepo().repo.includeFile(file)).toThrow(
        /file must be the name of a YAML file/,
      );
    },
  );
});

describe('a file of CI', () => {
  const WORKFLOW = '.github/workflows/publish.yaml';

  test.each([WORKFLOW, '.github/CODEOWNERS', '.gitlab-ci.yml'])('is written to %s', (file) => {
    const { app, repo } = appRepo();
    repo.addCiFile(file, 'a: 1 # b\n');
    expect(synthesized(app).get(`team-a/${file}`)).toBe('a: 1 # b\n');
  });

  test('may lie in the repository of the fleet, too', () => {
    const { app, fleet } = smallFleet();
    fleet.addCiFile(WORKFLOW, 'a: 1\n');
    expect(synthesized(app).get(`fleet-infra/${WORKFLOW}`)).toBe('a: 1\n');
  });

  test('is kept as the program has it, and goes with it', () => {
    const clone = temporaryDirectory();
    const { repo } = appRepo();
    repo.addCiFile(WORKFLOW, 'a: 1\n');
    repo.write(clone);
    fs.writeFileSync(path.join(clone, WORKFLOW), 'a: 2\n');
    expect(repo.plan(clone).updated).toEqual([WORKFLOW]);
    repo.write(clone);
    expect(readTree(clone).get(WORKFLOW)).toBe('a: 1\n');
    expect(repo.plan(clone).isUpToDate).toBe(true);
    expect(appRepo().repo.write(clone).removed).toEqual([WORKFLOW]);
  });

  test('of others is not written over', () => {
    const clone = temporaryDirectory();
    fs.mkdirSync(path.join(clone, '.github/workflows'), { recursive: true });
    fs.writeFileSync(path.join(clone, WORKFLOW), 'theirs: 1\n');
    const { repo } = appRepo();
    repo.addCiFile(WORKFLOW, 'a: 1\n');
    expect(() => repo.write(clone)).toThrow(WORKFLOW);
    expect(readTree(clone).get(WORKFLOW)).toBe('theirs: 1\n');
  });

  test.each([
    ...[
      'apps/team-a/x.yaml',
      'x.yaml',
      '.git/hooks/pre-commit',
      '.sourceignore',
      '.flux-checks.yaml',
    ],
    ...['.github', '.github/', '.github/../x.yaml', '.github/./x.yaml', '.github//x', '/.github/x'],
    ...['.github/.git/config', '.github\\x', '.github/x\n', '.gitlab-ci.yml/x', '.GITHUB/x', ''],
  ])('is not at %j', (file) => {
    expect(() => appRepo().repo.addCiFile(file, 'a: 1\n')).toThrow(
      /^file of CI must be below '.github\/', or be '.gitlab-ci.yml', got/,
    );
  });

  test('is one at a path', () => {
    const { repo } = appRepo();
    repo.addCiFile(WORKFLOW, 'a: 1\n');
    expect(() => repo.addCiFile(WORKFLOW, 'a: 2\n')).toThrow(
      `repository 'team-a' has a file of CI '${WORKFLOW}' already`,
    );
  });

  test.each([
    ['.github/Workflows/other.yaml', /differ only in case/],
    [`${WORKFLOW}/x`, /would be both a file and the directory of/],
  ])('is not at %s beside another', (file, message) => {
    const { app, repo } = appRepo();
    repo.addCiFile(WORKFLOW, 'a: 1\n');
    repo.addCiFile(file, 'a: 2\n');
    expect(() => app.synth()).toThrow(message);
    expect(readTree(app.outdir).size).toBe(0);
  });

  test('is a text', () => {
    const { repo } = appRepo();
    expect(() => repo.addCiFile(WORKFLOW, {} as any)).toThrow(/^text of a file of CI must be/);
    expect(() => repo.addCiFile(1 as any, 'a')).toThrow(/^path of a file of CI must be/);
  });
});
