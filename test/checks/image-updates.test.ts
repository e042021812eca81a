import { parseAllDocuments } from 'yaml';
import { IMAGE_UPDATES } from '../../src/checks/image-updates-example';
import { imageName } from '../../src/checks/image-name';
import { runChecks } from '../../src/checks/run-checks';
import { viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceRepository, SourceTree } from '../../src/inventory/source-file';
import { gitPlace } from '../../src/vocabulary/url';
import { foundBy } from './found-by';
import { judged } from './judged';

const MARKER = '# {"$imagepolicy": "apps:podinfo"}';

/** The example with another line in the place of the marked one. */
function marked(line: string): string {
  return IMAGE_UPDATES.replace(/ {2}image: .*"apps:podinfo".*/, () => `  ${line}`);
}

describe('markers', () => {
  test('of a repository that no automation is known to rewrite are not judged', () => {
    const elsewhere = IMAGE_UPDATES.replace('acme/fleet-infra', 'acme/apps').replace(
      '"apps:podinfo"',
      '"other:unknown"',
    );
    expect(judged(elsewhere)).toEqual([]);
  });

  test('of another branch than the one that is read are not judged', () => {
    const staging = IMAGE_UPDATES.replaceAll('branch: main', 'branch: staging').replace(
      '"apps:podinfo"',
      '"apps:unknown"',
    );
    expect(judged(staging)).toEqual([]);
  });

  test('of a namespace that something unread may add to are not judged', () => {
    const unread = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: elsewhere
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: OCIRepository
    name: elsewhere
`;
    const example = IMAGE_UPDATES.replace('"apps:podinfo"', '"apps:unknown"').replace(
      '# file:',
      () => `${unread}# file:`,
    );
    expect(foundBy('marker-policy', example)).toEqual([]);
    expect(foundBy('policy-without-marker', example)).toEqual([]);
  });

  test('of another namespace than the automation are found, where it is known to be the only one', () => {
    expect(
      foundBy('marker-policy', marked(`image: a:1 ${MARKER.replace('apps', 'flux-system')}`)),
    ).toEqual([expect.stringContaining('which is ImageUpdateAutomation apps/image-updates')]);
  });

  test('outside update.path are found', () => {
    const moved = IMAGE_UPDATES.replace('path: ./clusters/prod', 'path: ./apps/');
    expect(foundBy('marker-policy', moved)).toEqual([
      expect.stringContaining(
        "must be below 'apps', where ImageUpdateAutomation apps/image-updates looks",
      ),
    ]);
  });

  test('below a directory whose name only begins as update.path does are found', () => {
    const moved = IMAGE_UPDATES.replace('path: ./clusters/prod', 'path: ./clusters/pro');
    expect(foundBy('marker-policy', moved)).toHaveLength(1);
  });

  test.each(["path: ''", 'path: .', 'path: ./', 'path: clusters/prod/', 'path: ./clusters//prod'])(
    'are found below %p',
    (path) => {
      const example = IMAGE_UPDATES.replace('path: ./clusters/prod', path);
      expect(path.includes('//') ? [] : judged(example)).toEqual([]);
    },
  );

  test('of a policy that policySelector leaves out are found', () => {
    const selecting = IMAGE_UPDATES.replace(
      '  sourceRef:',
      '  policySelector:\n    matchLabels:\n      app: podinfo\n  sourceRef:',
    );
    expect(foundBy('marker-policy', selecting)).toEqual([
      expect.stringContaining('must be of a policy that the policySelector of'),
    ]);
    const labelled = selecting.replace(
      /(kind: ImagePolicy\nmetadata:\n)/,
      '$1  labels:\n    app: podinfo\n',
    );
    expect(judged(labelled)).toEqual([]);
  });

  test('in files that nothing applies count, as Flux reads files and not objects', () => {
    const values = IMAGE_UPDATES.replace('clusters/prod/podinfo.yaml', 'values/podinfo.yaml')
      .replace(/apiVersion: v1\nkind: ConfigMap[^]*data:\n/, '')
      .replace('  image: registry.example.com/podinfo:', 'image: registry.example.com/podinfo:')
      .replace('path: ./clusters/prod', 'path: ./values');
    expect(judged(values)).toEqual([]);
  });

  test('are judged where the automation is in one repository and they are in another that is known', () => {
    const [objects, file] = IMAGE_UPDATES.replace('acme/fleet-infra', 'acme/app')
      .replace('path: ./clusters/prod', 'path: ./deploy')
      .split(/# file: .*\n/);
    const repository = (name: string, path: string, text: string): SourceRepository => ({
      name,
      tree: new SourceTree([readSourceFile(path, text)]),
      place: gitPlace(`https://git.example.com/acme/${name}`),
    });
    const sync = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: app
  namespace: apps
spec:
  interval: 10m
  path: ./deploy
  prune: true
  sourceRef:
    kind: GitRepository
    name: image-updates
`;
    const fleet = (marker: string) =>
      viewClusters([
        repository('fleet-infra', 'clusters/prod/apps.yaml', objects + sync),
        repository('app', 'deploy/podinfo.yaml', file.replace('"apps:podinfo"', marker)),
      ]);
    const found = (marker: string) =>
      runChecks(fleet(marker), { profile: 'recommended' }).findings.map(
        ({ check, path }) => `${check} ${path}`,
      );
    expect(found('"apps:podinfo"')).toEqual([]);
    expect(found('"apps:other"')).toEqual(['marker-policy deploy/podinfo.yaml']);
  });
});

describe('the form of a marker', () => {
  const wrong: [title: string, line: string][] = [
    [
      'has single quotes',
      `image: registry.example.com/podinfo:1 # {'$imagepolicy': 'apps:podinfo'}`,
    ],
    ['has a text behind it', `image: registry.example.com/podinfo:1 ${MARKER} keep`],
    [
      'has no closing brace',
      'image: registry.example.com/podinfo:1 # {"$imagepolicy": "apps:podinfo"',
    ],
    ['has no namespace', 'image: registry.example.com/podinfo:1 # {"$imagepolicy": "podinfo"}'],
    [
      'has another part',
      'image: registry.example.com/podinfo:1 # {"$imagepolicy": "apps:podinfo:version"}',
    ],
    ['is of a map', `image: ${MARKER}\n    tag: 1.0.0`],
    ['is above a key', `${MARKER}\n  image: registry.example.com/podinfo:1`],
  ];

  test.each(wrong)('that %s is found, with its line', (_, line) => {
    const { findings } = runChecksOf(marked(line));
    expect(findings.filter(({ check }) => check === 'marker-form')).toEqual([
      expect.objectContaining({ path: 'clusters/prod/podinfo.yaml', line: 7 }),
    ]);
  });

  const right: [title: string, line: string][] = [
    ['is commented out with its value', `# image: registry.example.com/podinfo:1 ${MARKER}`],
    [
      'is explained in a comment',
      'image: registry.example.com/podinfo:1 # rewritten by $imagepolicy',
    ],
    ['is in a text of several lines', `script: |\n    image: a # {'$imagepolicy': 'apps:podinfo'}`],
    ['is in a text in quotes', `text: "# {'$imagepolicy': 'apps:podinfo'}"`],
    [
      'has no blank behind #',
      'image: registry.example.com/podinfo:1 #{"$imagepolicy":"apps:podinfo"}',
    ],
    [
      'stands above an item of a list',
      `images:\n    ${MARKER}\n    - registry.example.com/podinfo:1`,
    ],
    ['is of a variable', 'image: registry.example.com/podinfo:1 # {"$imagepolicy": "${NS}"}'],
  ];

  test.each(right)('that %s is not found', (_, line) => {
    expect(foundBy('marker-form', marked(line))).toEqual([]);
  });

  test('of a file that cannot be parsed is not judged', () => {
    const { findings } = runChecksOf(
      marked(`image: {{ .Values.image }} # {'$imagepolicy': 'a:b'}`),
    );
    expect(findings.map(({ check }) => check)).not.toContain('marker-form');
  });

  const list = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: podinfo
      namespace: apps
    data:
      image: registry.example.com/podinfo:6.0.0 ${MARKER}
`;

  test('in a List that is all of a file is found', () => {
    const example = IMAGE_UPDATES.replace(/(# file: .*\n)[^]*/, (_, file) => file + list);
    expect(foundBy('marker-form', example)).toEqual([
      expect.stringContaining('must not be in a List'),
    ]);
  });

  test('in a List beside other documents is not found, as Flux leaves that List whole', () => {
    const example = IMAGE_UPDATES.replace(
      /(# file: .*\n)[^]*/,
      (_, file) => `${file}${list}---\na: b\n`,
    );
    expect(foundBy('marker-form', example)).toEqual([]);
  });
});

describe('the image behind a marker', () => {
  test.each([
    ['podinfo', 'docker.io/library/podinfo'],
    ['docker.io/podinfo:1.0', 'library/podinfo'],
    ['index.docker.io/acme/podinfo@sha256:1', 'acme/podinfo:2'],
    ['localhost:5000/podinfo:1', 'localhost:5000/podinfo'],
  ])('%s is the same as %s', (one, other) => {
    expect(imageName(one)).toBe(imageName(other));
  });

  test.each([
    ['ghcr.io/acme/podinfo', 'acme/podinfo'],
    ['ghcr.io/acme/podinfo', 'ghcr.io/acme/podinfo-init'],
  ])('%s is another than %s', (one, other) => {
    expect(imageName(one)).not.toBe(imageName(other));
  });

  test('is not judged while it is a variable or empty', () => {
    expect(foundBy('marker-image', marked(`image: \${REGISTRY}/redis:1 ${MARKER}`))).toEqual([]);
    expect(foundBy('marker-image', marked(`image: '' ${MARKER}`))).toEqual([]);
  });

  test('is not judged behind a marker of a tag', () => {
    expect(judged(marked('tag: 6.0.0 # {"$imagepolicy": "apps:podinfo:tag"}'))).toEqual([]);
  });
});

describe('patterns of tags', () => {
  function filtered(pattern: string, extract: string): string[] {
    const filter = `  filterTags:\n    extract: '${extract}'\n    pattern: '${pattern}'\n`;
    return foundBy(
      'tag-pattern',
      IMAGE_UPDATES.replace(
        'spec:\n  imageRepositoryRef',
        () => `spec:\n${filter}  imageRepositoryRef`,
      ),
    );
  }

  test.each([
    ['^(?P<ts>[0-9]+)$', '$ts'],
    ['^(?<ts>[0-9]+)$', '$ts'],
    ['^v([0-9]+)-([0-9]+)$', '$1$2'],
    ['^(?P<a>.*)-(?P<b>.*)$', '$a.$b'],
    ['^(?P<ts>[0-9]+)$', ''],
    ['^(?P<ts>[0-9]+)$', '${ts}'],
    ['^x$', '$0'],
  ])('%s with %s are right', (pattern, extract) => {
    expect(filtered(pattern, extract)).toEqual([]);
  });

  test.each([
    ['^(?!rc)(?P<ts>.*)$', '$ts', 'regular expression of Go'],
    ['^(a)\\1$', '$1', 'regular expression of Go'],
    ['^(?P<ts>[0-9]+)$', '$tsx', "got '$tsx'"],
    ['^v([0-9]+)$', '$2', "got '$2'"],
    ['^v([0-9]+)$', 'ts', "got 'ts'"],
    ['^v([0-9]+)$', '$1x', "got '$1x'"],
    ['^v([0-9]+)$', '$$1', "got '$$1'"],
  ])('%s with %s are wrong', (pattern, extract, message) => {
    expect(filtered(pattern, extract)).toEqual([expect.stringContaining(message)]);
  });
});

describe('an image automation', () => {
  test.each([
    '{{/* .Updated is gone */}}{{ range .Changed.Changes }}{{ .NewValue }}{{ end }}',
    'See .Updated.Images',
    '{{ .Values.Updated }}',
    '{{ $changes.Updated }}',
    '${MESSAGE} {{ .Updated }}',
  ])('may have the message %p', (message) => {
    const example = IMAGE_UPDATES.replace(
      /messageTemplate: .*/,
      () => `messageTemplate: '${message}'`,
    );
    expect(foundBy('automation-commit', example)).toEqual([]);
  });

  test.each([
    '{{ with .Updated }}{{ end }}',
    '{{- range $.Updated.Objects -}}{{ end }}',
    '{{.Changed.ImageResult}}',
  ])('must not have the message %p', (message) => {
    const example = IMAGE_UPDATES.replace(
      /messageTemplate: .*/,
      () => `messageTemplate: '${message}'`,
    );
    expect(foundBy('automation-commit', example)).toHaveLength(1);
  });

  test('must have an address that is a text', () => {
    const list = IMAGE_UPDATES.replace('fluxcdbot@example.com', '[email protected]');
    expect(foundBy('automation-commit', list)).toEqual([
      'ImageUpdateAutomation apps/image-updates must have spec.git.commit.author.email, got ["email protected"]',
    ]);
  });

  test('pushes to the branch of its GitRepository where nothing else is said', () => {
    const implied = IMAGE_UPDATES.replace(/ {4}checkout:\n.*\n.*\n/, '').replace(
      / {4}push:\n.*\n/,
      '',
    );
    expect(foundBy('automation-push', implied)).toEqual([]);
    expect(foundBy('automation-review', implied)).toHaveLength(1);
  });

  test('cannot push where its GitRepository has no reference', () => {
    const nowhere = IMAGE_UPDATES.replace(/ {4}checkout:\n.*\n.*\n/, '')
      .replace(/ {4}push:\n.*\n/, '')
      .replace('  ref:\n    branch: main\n', '');
    expect(foundBy('automation-push', nowhere)).toHaveLength(1);
  });

  test('whose GitRepository is not known is not judged', () => {
    const unknown = IMAGE_UPDATES.replace(/ {4}checkout:\n.*\n.*\n/, '')
      .replace(/ {4}push:\n.*\n/, '')
      .replace(/^[^]*?---\n/, '');
    expect(foundBy(['automation-push', 'automation-review', 'marker-policy'], unknown)).toEqual([]);
  });

  test.each([
    ['+refs/heads/a:refs/heads/b', 1],
    [':refs/heads/b', 1],
    ['refs/heads/flux-image-updates:refs/heads/flux-image-updates', 1],
    ['refs/heads/flux-image-updates:refs/for/main', 0],
  ])('with refspec %p has %p problems', (refspec, count) => {
    const example = IMAGE_UPDATES.replace(
      'branch: flux-image-updates',
      `branch: flux-image-updates\n      refspec: '${refspec}'`,
    );
    expect(foundBy('automation-push', example)).toHaveLength(count);
  });
});

test('an automation of the platform may commit to the fleet, in a namespace that only carries the name of a team', () => {
  const named = IMAGE_UPDATES.replace(
    '# file:',
    () =>
      '---\napiVersion: v1\nkind: Namespace\nmetadata:\n  labels:\n    toolkit.fluxcd.io/tenant: apps\n  name: apps\n# file:',
  );
  expect(foundBy('automation-of-fleet', named)).toEqual([]);
});

test('each choice of a policy that is null is none', () => {
  const example = IMAGE_UPDATES.replace('    semver:', '    alphabetical:\n    semver:');
  expect(foundBy('image-policy-choice', example)).toEqual([]);
});

test('the example of image updates holds what its checks are about', () => {
  const kinds = parseAllDocuments(IMAGE_UPDATES.split('# file:')[0]).map((one: any) =>
    one.get('kind'),
  );
  expect(kinds).toEqual([
    'GitRepository',
    'ImageRepository',
    'ImagePolicy',
    'ImageUpdateAutomation',
  ]);
});

function runChecksOf(example: string) {
  const { exampleFleet } = jest.requireActual('./example-repository');
  return runChecks(exampleFleet(example), { profile: 'strict' });
}
