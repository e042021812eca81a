import * as fs from 'fs';
import * as path from 'path';
import { artifactRoots } from '../../src/cli/artifact-roots';
import { temporaryDirectory } from '../synthesized';

const TEAM = 'ssh://git@git.example.com:22/acme/team-a.git';

/** Directories below a temporary one, which all are there; those whose name ends in '.git' make a checkout of what is above. */
function directories(...names: readonly string[]): (name: string) => string {
  const root = temporaryDirectory();
  for (const name of names) {
    fs.mkdirSync(path.join(root, name), { recursive: true });
  }
  return (name) => path.join(root, name);
}

/** What stands before the paths of each directory, those of another repository in brackets. */
function shown(...audited: Parameters<typeof artifactRoots>[0][]): string[] {
  return audited.flatMap((one) =>
    [...artifactRoots(one).values()].map(({ isElsewhere, segments }) => {
      const prefix = segments.join('/');
      return isElsewhere ? `[${prefix}]` : prefix;
    }),
  );
}

test('paths in the root of a checkout are as they are', () => {
  const at = directories('fleet/.git');
  expect(shown([{ directory: at('fleet') }])).toEqual(['']);
  expect(shown([{ directory: `${at('fleet')}/./` }])).toEqual(['']);
});

test('paths in a directory of a checkout begin at the root of that', () => {
  const at = directories('mono/.git', 'mono/deploy/fleet');
  expect(shown([{ directory: at('mono/deploy/fleet') }])).toEqual(['deploy/fleet']);
});

test('a checkout of a submodule or a worktree, whose .git is a file, is one, too', () => {
  const at = directories('mono/.git', 'mono/fleet/clusters');
  fs.writeFileSync(at('mono/fleet/.git'), 'gitdir: ../.git/modules/fleet\n');
  expect(shown([{ directory: at('mono/fleet/clusters') }])).toEqual(['clusters']);
});

test('a link to a directory stands for where that is', () => {
  const at = directories('mono/.git', 'mono/fleet');
  fs.symlinkSync(at('mono/fleet'), at('link'));
  expect(shown([{ directory: at('link') }])).toEqual(['fleet']);
});

test('another directory of the same checkout lies beside the first', () => {
  const at = directories('mono/.git', 'mono/fleet', 'mono/team-a');
  const audited = [{ directory: at('mono/fleet') }, { directory: at('mono/team-a'), url: TEAM }];
  expect(shown(audited)).toEqual(['fleet', 'team-a']);
});

test.each([
  ['beside', 'team-a/.git', 'team-a'],
  ['inside of', 'fleet/vendor/team-a/.git', 'fleet/vendor/team-a'],
])('a checkout %s the first is another repository, which host and path tell apart', (_, ...two) => {
  const at = directories('fleet/.git', two[0]);
  const audited = [{ directory: at('fleet') }, { directory: at(two[1]), url: TEAM }];
  expect(shown(audited)).toEqual(['', '[git.example.com/acme/team-a]']);
});

test('directories without a checkout stand for themselves', () => {
  const at = directories('fleet', 'team-b');
  const artifact = 'oci://ghcr.io/acme/team-b';
  const audited = [{ directory: at('fleet') }, { directory: at('team-b'), url: artifact }];
  expect(shown(audited)).toEqual(['', '[ghcr.io/acme/team-b]']);
});
