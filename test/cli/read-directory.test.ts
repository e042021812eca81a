import * as fs from 'fs';
import * as path from 'path';
import { readDirectory } from '../../src/cli/read-directory';
import { Build } from '../../src/kustomize/build';
import { buildDirectory } from '../../src/kustomize/build-directory';
import { temporaryDirectory } from '../synthesized';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

/** What is built of a directory whose kustomization file names `named`; `prepare` writes what it likes. */
function built(named: string, prepare: (root: string) => void): Build {
  const root = temporaryDirectory();
  fs.writeFileSync(path.join(root, 'kustomization.yaml'), `resources: ['${named}']\n`);
  prepare(root);
  return buildDirectory(readDirectory(root), '');
}

describe('a file that a kustomization file names', () => {
  test.each(['settings.txt', 'settings', '.settings', 'settings.yaml.bak'])(
    'is read whatever its name: %s',
    (name) => {
      const { objects, errors, unread } = built(name, (root) =>
        fs.writeFileSync(path.join(root, name), CONFIG_MAP),
      );
      expect(objects.map(({ manifest }) => manifest.metadata.name)).toEqual(['settings']);
      expect([errors, unread]).toEqual([[], []]);
    },
  );

  test('is an error where it is no text, so that nobody hides an object from checks', () => {
    const { errors, unread } = built('settings.bin', (root) =>
      fs.writeFileSync(path.join(root, 'settings.bin'), Buffer.from([0xff, 0xfe, 0x00])),
    );
    expect(errors).toMatchObject([{ path: 'settings.bin', message: 'is no text in UTF-8' }]);
    expect(unread).toEqual([]);
  });

  test('is an error where it is larger than any artifact, and is not read into memory', () => {
    const { errors, unread } = built('settings.bin', (root) => {
      fs.writeFileSync(path.join(root, 'settings.bin'), '');
      fs.truncateSync(path.join(root, 'settings.bin'), 4 * 1024 ** 4);
    });
    expect(errors).toMatchObject([{ path: 'settings.bin' }]);
    expect(errors[0].message).toContain('is larger than');
    expect(unread).toEqual([]);
  });

  test('is not there where it is a link, which Flux takes into no artifact', () => {
    const outside = path.join(temporaryDirectory(), 'settings.txt');
    fs.writeFileSync(outside, CONFIG_MAP);
    const { objects, errors } = built('settings.txt', (root) =>
      fs.symlinkSync(outside, path.join(root, 'settings.txt')),
    );
    expect(objects).toEqual([]);
    expect(errors[0].message).toContain("'settings.txt' is not there");
  });

  test('is refused where it lies outside of the repository', () => {
    const outside = path.join(temporaryDirectory(), 'settings.txt');
    fs.writeFileSync(outside, CONFIG_MAP);
    const { objects, errors } = built(
      `../${path.basename(path.dirname(outside))}/settings.txt`,
      () => {},
    );
    expect(objects).toEqual([]);
    expect(errors[0].message).toContain('is outside of the repository');
  });
});

test('a file that is no YAML by its name is read once somebody asks for it, and no more', () => {
  const root = temporaryDirectory();
  const file = path.join(root, 'image.bin');
  fs.writeFileSync(file, 'before');
  const tree = readDirectory(root);
  fs.writeFileSync(file, 'asked for');
  expect(tree.file('image.bin')?.text).toBe('asked for');
  fs.writeFileSync(file, 'after');
  expect(tree.file('image.bin')?.text).toBe('asked for');
});
