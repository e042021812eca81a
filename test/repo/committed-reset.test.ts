import { ApiObject } from 'cdk8s';
import { AppRepo } from '../../src';
import { anApp, appRepo, bumpTo, cloneOf, DIGESTS, edit, PODINFO, textIn } from './marked-objects';

const FILE = 'web/app.yaml';
const PATH = `apps/team-a/${FILE}`;

/** An object with a list of containers, of which those that are called podinfo are marked. */
function web(...containers: string[]): AppRepo {
  return appRepo((repo, image) => {
    const object = anApp(repo, 'web', {
      containers: containers.map((name) => ({
        name,
        image: name.startsWith('podinfo') ? `${PODINFO}:1.0.0` : 'ghcr.io/acme/sidecar:2',
      })),
    });
    containers.forEach((name, i) => {
      if (name.startsWith('podinfo')) {
        image('1.0.0').markIn(object, `/spec/containers/${i}/image`);
      }
    });
  });
}

function bumped(repo: AppRepo): string {
  const root = cloneOf(repo);
  edit(root, FILE, bumpTo('1.4.2'));
  return root;
}

describe('a committed tag of a list item', () => {
  test('stays when another item comes before it', () => {
    const root = bumped(web('podinfo'));
    const plan = web('sidecar', 'podinfo').write(root);
    expect(plan.kept).toEqual([
      `${PATH} /spec/containers/1/image: ${PODINFO}:1.4.2, not ${PODINFO}:1.0.0`,
    ]);
    expect(plan.reset).toEqual([]);
    expect(textIn(root, FILE)).toContain(`image: ${PODINFO}:1.4.2 # {"$imagepolicy"`);
  });

  test('stays in several items of one version', () => {
    const root = bumped(web('podinfo', 'podinfo-worker'));
    const plan = web('sidecar', 'podinfo', 'podinfo-worker').write(root);
    expect(plan.kept).toHaveLength(2);
    expect(plan.reset).toEqual([]);
  });

  test('is reported where items of two versions cannot be told apart', () => {
    const root = bumped(web('podinfo', 'podinfo-worker'));
    edit(root, FILE, (text) => text.replace('1.4.2', '1.3.0'));
    const plan = web('a', 'b', 'podinfo', 'podinfo-worker').plan(root);
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual([
      `${PATH} /spec/containers/0/image: ${PODINFO}:1.3.0 becomes ghcr.io/acme/sidecar:2`,
      `${PATH} /spec/containers/1/image: ${PODINFO}:1.4.2 becomes ghcr.io/acme/sidecar:2`,
    ]);
  });

  test('is reported when the item goes', () => {
    expect(web('sidecar').plan(bumped(web('sidecar', 'podinfo'))).reset).toEqual([
      `${PATH} /spec/containers/1/image: ${PODINFO}:1.4.2 is gone`,
    ]);
  });
});

describe('a committed tag is reported', () => {
  test('when its object is marked no more, there or elsewhere', () => {
    const bare = (id: string) =>
      appRepo(
        (repo) => void anApp(repo, 'web', { containers: [{ image: `${PODINFO}:1.0.0` }] }, id),
      );
    const reset = (path: string) => [
      `${path} /spec/containers/0/image: ${PODINFO}:1.4.2 becomes ${PODINFO}:1.0.0`,
    ];
    expect(bare('web').plan(bumped(web('podinfo'))).reset).toEqual(reset(PATH));
    expect(bare('moved').plan(bumped(web('podinfo'))).reset).toEqual(
      reset('apps/team-a/moved/app.yaml'),
    );
  });

  test('when a formatter took its marker', () => {
    const root = bumped(web('podinfo'));
    edit(root, FILE, (text) => text.replace(/ #.*/g, ''));
    const plan = web('podinfo').plan(root);
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual([
      `${PATH} /spec/containers/0/image: ${PODINFO}:1.4.2 becomes ${PODINFO}:1.0.0`,
    ]);
  });

  test('when its object goes', () => {
    const other = appRepo((repo) => void anApp(repo, 'other', {}));
    expect(other.plan(bumped(web('podinfo'))).reset).toEqual([
      `${PATH} /spec/containers/0/image: ${PODINFO}:1.4.2 is gone with App 'web'`,
    ]);
  });

  test('not when nothing else was committed', () => {
    expect(web('sidecar').plan(cloneOf(web('podinfo'))).reset).toHaveLength(1);
    expect(web('podinfo', 'sidecar').plan(cloneOf(web('podinfo'))).reset).toEqual([]);
  });

  test('not when the field holds it already', () => {
    const root = bumped(web('podinfo'));
    const bare = appRepo(
      (repo) =>
        void anApp(repo, 'web', { containers: [{ name: 'podinfo', image: `${PODINFO}:1.4.2` }] }),
    );
    expect(bare.plan(root).reset).toEqual([]);
  });
});

test.each(['', '# nothing\n', '---\n', 'gone\n'])(
  'a file of ours in which %j is left of the markers is an error',
  (text) => {
    const root = bumped(web('podinfo'));
    edit(root, FILE, () => text);
    expect(() => web('podinfo').write(root)).toThrow(
      `cannot tell which tags were committed to '${PATH}', which holds no object; take it from Git again`,
    );
    expect(textIn(root, FILE)).toBe(text);
  },
);

test.each([
  '#{"$imagepolicy":"team-a:podinfo"}',
  '## {"$imagepolicy": "team-a:podinfo", "by": "hand"}',
  '# {"$imagepolicy": "team-a:podinfo"}\n        # of people',
])('a tag stays behind the marker %j, and the file as it is', (marker) => {
  const root = bumped(web('podinfo'));
  edit(root, FILE, (text) => text.replace(/# .*/, marker));
  const plan = web('podinfo').plan(root);
  expect(plan.kept).toHaveLength(1);
  expect(plan.isUpToDate).toBe(true);
});

describe('a pinned image', () => {
  const pinned = () =>
    appRepo((repo, image) => {
      const object = anApp(repo, 'web', {
        containers: [{ name: 'podinfo', image: `${PODINFO}:1.0.0` }],
      });
      image('1.0.0').markIn(object, '/spec/containers/0/image');
      image('1.0.0').pinned().markIn(object, '/spec/containers/0/image');
    });

  test('wins over an unpinned one on the same field', () => {
    const root = bumped(web('podinfo'));
    const plan = pinned().write(root);
    expect(plan.kept).toEqual([]);
    expect(plan.overruled).toEqual([
      `${PATH} /spec/containers/0/image: ${PODINFO}:1.4.2 becomes ${PODINFO}:1.0.0, which is pinned`,
    ]);
  });

  test.each(["''", 'null', 'oops', 'ghcr.io/acme/podinfo'])(
    'repairs a field that holds %s',
    (value) => {
      const root = bumped(web('podinfo'));
      edit(root, FILE, (text) => text.replace(/image: \S+ #/, `image: ${value} #`));
      expect(() => web('podinfo').plan(root)).toThrow(/must hold an image at/);
      expect(pinned().write(root).overruled).toHaveLength(1);
      expect(web('podinfo').plan(root).isUpToDate).toBe(true);
    },
  );
});

test('a field that is marked twice is reported once', () => {
  const twice = appRepo((repo, image) => {
    const object = anApp(repo, 'web', {
      containers: [{ name: 'podinfo', image: `${PODINFO}:1.0.0` }],
    });
    image('1.0.0').markIn(object, '/spec/containers/0/image');
    image('1.0.0').markIn(object, '/spec/containers/0/image');
  });
  expect(twice.plan(bumped(web('podinfo'))).kept).toHaveLength(1);
});

/** The values of a chart, with tag and digest where they are given. */
function chart(tag: string, digest?: string, mark?: 'digest' | 'tag', pinned = false): AppRepo {
  return appRepo((repo, choose) => {
    const image = choose(tag, digest);
    const chosen = pinned ? image.pinned() : image;
    const spec = { tag, ...(digest && { digest }) };
    const object: ApiObject = anApp(repo, 'web', spec);
    if (mark !== 'digest') {
      chosen.markTagIn(object, '/spec/tag');
    }
    if (digest && mark !== 'tag') {
      image.markDigestIn(object, '/spec/digest');
    }
  });
}

describe('a committed tag and a digest of the program', () => {
  const tagTo = (tag: string) => (text: string) => text.replace(/tag: .* #/, `tag: '${tag}' #`);

  test('are not put together', () => {
    const root = cloneOf(chart('1.0.0'));
    edit(root, FILE, tagTo('1.4.2'));
    const before = textIn(root, FILE);
    expect(() => chart('1.0.0', DIGESTS[0]).write(root)).toThrow(
      `'${PATH}' cannot keep '1.4.2' at /spec/tag, which Flux committed, beside '${DIGESTS[0]}' at /spec/digest, ` +
        'for which it committed nothing: they may be of two versions; give the program tag and digest of ' +
        'the version that is committed, or insist on its own with pinned()',
    );
    expect(textIn(root, FILE)).toBe(before);
    expect(chart('1.4.2', DIGESTS[1]).plan(root).kept).toEqual([]);
    expect(chart('1.0.0', DIGESTS[0], undefined, true).plan(root).overruled).toHaveLength(1);
  });

  test('are not put together when only the digest was committed', () => {
    const root = cloneOf(chart('1.0.0', DIGESTS[0], 'digest'));
    edit(root, FILE, (text) => text.replace(DIGESTS[0], DIGESTS[1]));
    expect(() => chart('1.0.0', DIGESTS[0]).plan(root)).toThrow(
      `cannot keep '${DIGESTS[1]}' at /spec/digest, which Flux committed, beside '1.0.0' at /spec/tag`,
    );
  });

  test('are not put together by pinning one of the two', () => {
    const root = cloneOf(chart('1.0.0', DIGESTS[0]));
    edit(root, FILE, (text) => tagTo('1.4.2')(text).replace(DIGESTS[0], DIGESTS[1]));
    const plan = chart('1.0.0', DIGESTS[0], undefined, true).plan(root);
    expect(plan.kept).toEqual([]);
    expect(plan.overruled).toHaveLength(2);
  });

  test('are not put together in a kustomization file', () => {
    const repo = (digest?: string) =>
      appRepo((apps, image) => apps.useImage(image('1.0.0', digest), 'podinfo'));
    const root = cloneOf(repo());
    edit(root, 'kustomization.yaml', (text) => text.replace("'1.0.0' #", "'1.4.2' #"));
    expect(() => repo(DIGESTS[0]).plan(root)).toThrow(/cannot keep '1.4.2' at \/images\/0\/newTag/);
  });

  test('both start again when nothing says of which image they are', () => {
    const root = cloneOf(chart('1.0.0', DIGESTS[0]));
    edit(root, FILE, (text) =>
      tagTo('1.4.2')(text)
        .replace(DIGESTS[0], DIGESTS[1])
        .replace(/ +images\.cdk8s.*\n/, ''),
    );
    const plan = chart('1.0.0', DIGESTS[0]).plan(root);
    expect(plan.kept).toEqual([]);
    expect(plan.reset).toEqual([
      `${PATH} /spec/digest: ${DIGESTS[1]} becomes ${DIGESTS[0]}`,
      `${PATH} /spec/tag: 1.4.2 becomes 1.0.0`,
    ]);
  });

  test('the digest is reported when the program follows it no more', () => {
    const root = cloneOf(chart('1.0.0', DIGESTS[0]));
    edit(root, FILE, (text) => tagTo('1.4.2')(text).replace(DIGESTS[0], DIGESTS[1]));
    const plan = chart('1.0.0').plan(root);
    expect(plan.kept).toEqual([`${PATH} /spec/tag: 1.4.2, not 1.0.0`]);
    expect(plan.reset).toEqual([`${PATH} /spec/digest: ${DIGESTS[1]} is gone`]);
  });
});

test.each(['null', '~'])('a tag that is %j in YAML is none', (value) => {
  const root = cloneOf(chart('1.0.0'));
  edit(root, FILE, (text) => text.replace(/tag: .* #/, `tag: ${value} #`));
  expect(() => chart('1.0.0').plan(root)).toThrow(
    /must hold an image's tag at \/spec\/tag.*got ''/,
  );
});
