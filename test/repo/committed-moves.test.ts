import fs from 'fs';
import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AppRepo, CanaryApp, CanaryProvider, CanaryWorkload, ContainerImage } from '../../src';
import { CommittedImages } from '../../src/repo/committed-images';
import { RepoFile } from '../../src/repo/repo-file';
import { SetterField } from '../../src/vocabulary/setter-marker';
import { anApp, appRepo, bumpTo, cloneOf, edit, PODINFO, textIn } from './marked-objects';

/** A repository of marked objects, each given as `<construct>: [<names of objects>]`. */
function apps(constructs: Record<string, string[]>): AppRepo {
  return appRepo((repo, image) => {
    for (const [id, names] of Object.entries(constructs)) {
      const construct = new Construct(repo, id);
      for (const name of names) {
        image('1.0.0').markIn(anApp(construct, name, { image: `${PODINFO}:1.0.0` }), '/spec/image');
      }
    }
  });
}

describe('a committed tag stays when its object', () => {
  test('moves out of a file that stays', () => {
    const root = cloneOf(apps({ a: ['one', 'two'] }));
    edit(root, 'a/app.yaml', bumpTo('1.4.2'));
    const plan = apps({ a: ['one'], b: ['two'] }).write(root);
    expect(plan.kept).toHaveLength(2);
    expect(plan.reset).toEqual([]);
    expect(textIn(root, 'b/app.yaml')).toContain('podinfo:1.4.2 #');
    expect(textIn(root, 'a/app.yaml')).toContain('podinfo:1.4.2 #');
  });

  test('takes the place of another, which moves on', () => {
    const root = cloneOf(apps({ a: ['one'], b: ['two'] }));
    edit(root, 'a/app.yaml', bumpTo('1.1.1'));
    edit(root, 'b/app.yaml', bumpTo('1.2.2'));
    const moved = () => apps({ b: ['one'], c: ['two'] });
    expect(moved().write(root).kept).toHaveLength(2);
    expect(textIn(root, 'b/app.yaml')).toContain('podinfo:1.1.1 #');
    expect(textIn(root, 'c/app.yaml')).toContain('podinfo:1.2.2 #');
    expect(moved().plan(root).isUpToDate).toBe(true);
  });

  test('changes places with another', () => {
    const root = cloneOf(apps({ a: ['one'], b: ['two'] }));
    edit(root, 'a/app.yaml', bumpTo('1.1.1'));
    edit(root, 'b/app.yaml', bumpTo('1.2.2'));
    apps({ a: ['two'], b: ['one'] }).write(root);
    expect(textIn(root, 'a/app.yaml')).toContain('podinfo:1.2.2 #');
    expect(textIn(root, 'b/app.yaml')).toContain('podinfo:1.1.1 #');
  });
});

describe('a committed tag of an object that goes', () => {
  /** A clone in which Flux committed to the marked object `one`. */
  const committed = (...names: string[]) => {
    const root = cloneOf(apps({ a: names }));
    edit(root, 'a/app.yaml', bumpTo('1.4.2'));
    return root;
  };
  const gone = (name: string) =>
    `apps/team-a/a/app.yaml /spec/image: ${PODINFO}:1.4.2 is gone with App '${name}'`;

  test('stays with the only one that comes with its markers', () => {
    const root = committed('one');
    const renamed = () => apps({ b: ['two'] });
    const plan = renamed().write(root);
    expect(plan.kept).toEqual([
      `apps/team-a/b/app.yaml /spec/image: ${PODINFO}:1.4.2, not ${PODINFO}:1.0.0`,
    ]);
    expect(plan.reset).toEqual([]);
    expect(textIn(root, 'b/app.yaml')).toContain('podinfo:1.4.2 #');
    expect(renamed().plan(root).isUpToDate).toBe(true);
  });

  test('stays in a CanaryApp under another id', () => {
    const app = (id: string) =>
      appRepo((repo, image) => {
        new CanaryApp(repo, id, {
          workload: CanaryWorkload.image(image('1.0.0')),
          port: 8080,
          rollout: CanaryProvider.kubernetes().blueGreen({
            interval: Duration.minutes(1),
            threshold: 2,
            iterations: 2,
          }),
        });
      });
    const root = cloneOf(app('shop'));
    edit(root, 'shop/deployment.yaml', bumpTo('1.4.2'));
    const plan = app('store').plan(root);
    expect(plan.kept).toHaveLength(1);
    expect(plan.reset).toEqual([]);
  });

  test.each<[string, Record<string, string[]>, string]>([
    ['two go', { b: ['three'] }, "; App 'three' starts at ghcr.io/acme/podinfo:1.0.0"],
    [
      'two come',
      { b: ['three', 'four'] },
      "; App 'four' starts at ghcr.io/acme/podinfo:1.0.0, App 'three' starts at ghcr.io/acme/podinfo:1.0.0",
    ],
    ['none comes', {}, ''],
  ])('is reported, not guessed, where %s', (_, after, starts) => {
    const plan = apps(after).plan(committed('one', 'two'));
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual(['one', 'two'].map((name) => gone(name) + starts));
  });

  test('does not stay with one that was there before', () => {
    const root = committed('one', 'two');
    const plan = apps({ a: ['two'] }).write(root);
    expect(plan.kept).toHaveLength(1);
    expect(plan.reset).toEqual([gone('one')]);
  });

  test.each<[string, (repo: AppRepo, image: ContainerImage) => void, string]>([
    [
      'kind',
      (repo, image) =>
        image.markIn(
          new ApiObject(repo, 'b', {
            apiVersion: 'example.com/v1',
            kind: 'Other',
            metadata: { name: 'one' },
            spec: { image: image.reference },
          }),
          '/spec/image',
        ),
      `is gone with App 'one'; Other 'one' starts at ${PODINFO}:1.0.0`,
    ],
    [
      'marker',
      (repo, image) => image.markTagIn(anApp(repo, 'two', { tag: '1.0.0' }), '/spec/tag'),
      "is gone with App 'one'",
    ],
  ])('does not stay with one of another %s', (_, fill, told) => {
    const plan = appRepo((repo, image) => fill(repo, image('1.0.0'))).plan(committed('one'));
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual([`apps/team-a/a/app.yaml /spec/image: ${PODINFO}:1.4.2 ${told}`]);
  });

  test('does not stay with one of another image', () => {
    const other = 'ghcr.io/acme/other';
    const plan = appRepo(
      (repo, image) =>
        image('1.0.0').markIn(anApp(repo, 'two', { image: `${other}:1.0.0` }), '/spec/image'),
      other,
    ).plan(committed('one'));
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual([
      `apps/team-a/two/app.yaml /spec/image: ${PODINFO}:1.4.2 becomes ${other}:1.0.0`,
    ]);
  });
});

test('a tag in a file that is not ours is nobody of ours', () => {
  const root = cloneOf(apps({ a: ['one'] }));
  fs.mkdirSync(`${root}/apps/team-a/c`);
  const foreign = textIn(root, 'a/app.yaml').replaceAll('one', 'two');
  fs.writeFileSync(`${root}/apps/team-a/c/app.yaml`, bumpTo('1.4.2')(foreign));
  const plan = apps({ a: ['one'], b: ['two'] }).write(root);
  expect(plan.kept).toEqual([]);
  expect(textIn(root, 'b/app.yaml')).toContain('podinfo:1.0.0 #');
});

describe('a file that cannot be read', () => {
  const unreadable = (text: string) => `${bumpTo('1.4.2')(text)}<<<<<<< HEAD\n a: [\n`;

  test.each([
    ['goes', apps({ b: ['one'] })],
    ['stays without a marker', apps({ a: [], b: ['one'] })],
  ])('is an error when it %s, for an object may have moved out of it', (_, program) => {
    const root = cloneOf(apps({ a: ['one'] }));
    edit(root, 'a/app.yaml', unreadable);
    const before = textIn(root, 'a/app.yaml');
    expect(() => program.write(root)).toThrow(
      /cannot tell which tags were committed to 'apps\/team-a\/a\/app.yaml': [^]*; mend the file, or remove it/,
    );
    expect(textIn(root, 'a/app.yaml')).toBe(before);
  });

  test('may go where nothing was marked', () => {
    const root = cloneOf(appRepo((repo) => void anApp(new Construct(repo, 'a'), 'one', {})));
    edit(root, 'a/app.yaml', () => ' a: [\n');
    expect(apps({}).write(root).removed).toContain('apps/team-a/a/app.yaml');
  });
});

describe('a kustomization file that moved', () => {
  const kustomization = (path: string, tag: string): [RepoFile, Buffer] => {
    const manifest = {
      kind: 'Kustomization',
      images: [{ name: 'x', newName: 'x.io/x', newTag: tag }],
    };
    const marker = {
      pointer: '/images/0/newTag',
      policyNamespace: 'team-a',
      policyName: 'x',
      field: SetterField.TAG,
      expected: tag,
      imageName: 'x.io/x',
      repository: '',
      updatePath: '',
    };
    const text = `kind: Kustomization\nimages:\n  - name: x\n    newName: x.io/x\n    newTag: ${tag} # {"$imagepolicy": "team-a:x:tag"}\n`;
    return [{ path, text, documents: [{ manifest, markers: [marker] }] }, Buffer.from(text)];
  };

  test.each([
    [['a'], ['b'], 1],
    [['a', 'b'], ['c'], 0],
    [['a'], ['b', 'c'], 0],
  ])('is found when %j went and %j came: %i', (gone, come, kept) => {
    const images = new CommittedImages(come.map((path) => kustomization(path, 'v1')[0]));
    come.forEach((path) => images.add(kustomization(path, 'v1')[0], undefined, true));
    gone.forEach((path) => images.addGoing(path, kustomization(path, 'v2')[1]));
    images.pending.forEach((file) => images.textOf(file));
    expect(images.report.kept).toHaveLength(kept);
  });
});
