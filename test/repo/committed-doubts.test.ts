import { AppRepo, ImageAutomationPipelineProps, TagPolicy } from '../../src';
import { addPipeline } from '../pipelines';
import { smallFleet } from '../synthesized';
import { anApp, bumpTo, cloneOf, edit, PODINFO } from './marked-objects';

const FILE = 'web/app.yaml';

/** A repository with one marked field, of an image that a pipeline with these props chooses. */
function web(tag: string, props: Partial<ImageAutomationPipelineProps> = {}, pinned = false) {
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const image = addPipeline(team, props).image(tag);
  const repo = new AppRepo(app, 'apps', { tenant: team });
  const object = anApp(repo, 'web', { image: image.reference });
  (pinned ? image.pinned() : image).markIn(object, '/spec/image');
  return repo;
}

/** What is doubted of a committed tag once the program says otherwise. */
function doubts(committed: string, program: AppRepo): string[] {
  const root = cloneOf(web('1.0.0'));
  edit(root, FILE, bumpTo(committed));
  return program.plan(root).warnings.filter((warning) => warning.includes('could not choose'));
}

describe('a committed tag that stays', () => {
  test('is warned of when its policy could not choose it any more', () => {
    const program = web('2.0.0', { tags: TagPolicy.semver('>=2.0.0 <3.0.0') });
    expect(doubts('1.4.2', program)).toEqual([
      "[apps/team-a/web/app.yaml /spec/image] keeps tag '1.4.2', which policy 'team-a:podinfo' could not choose any more: " +
        'it stays until the registry has one that fits; to start from the tag of the program, mark the field with pinned()',
    ]);
  });

  test('is warned of when the scan leaves it out', () => {
    expect(doubts('1.4.2', web('1.0.0', { excludedTags: ['^1\\.4\\.'] }))).toHaveLength(1);
  });

  test.each<[string, TagPolicy]>([
    ['does not match', TagPolicy.numerical({ pattern: '^b(?P<n>[0-9]+)$', extract: '$n' })],
    ['is of another order', TagPolicy.alphabetical({ pattern: '^(?P<n>b[0-9]+)$', extract: '$n' })],
  ])('is warned of when it %s', (_, tags) => {
    expect(doubts('1.4.2', web('b7', { tags }))).toHaveLength(1);
  });

  test('is not doubted while the policy may choose it, or only Flux can tell', () => {
    expect(doubts('1.4.2', web('1.0.0'))).toEqual([]);
    expect(doubts('1.4.99999999999999999999', web('1.0.0'))).toEqual([]);
  });

  test('is not doubted when the program insists on its own', () => {
    const tags = TagPolicy.semver('>=2.0.0 <3.0.0');
    expect(doubts('1.4.2', web('2.0.0', { tags }, true))).toEqual([]);
  });

  test('is doubted in a field of its own, too', () => {
    const chart = (tag: string, range: string) => {
      const { app, staging, tenant } = smallFleet();
      const team = tenant('team-a', { clusters: [staging] });
      const image = addPipeline(team, { tags: TagPolicy.semver(range) }).image(tag);
      const repo = new AppRepo(app, 'apps', { tenant: team });
      const object = anApp(repo, 'web', { name: PODINFO, tag });
      image.markNameIn(object, '/spec/name');
      image.markTagIn(object, '/spec/tag');
      return repo;
    };
    const root = cloneOf(chart('1.0.0', '>=1.0.0 <2.0.0'));
    edit(root, FILE, (text) => text.replace("'1.0.0' #", "'1.4.2' #"));
    const { warnings } = chart('2.0.0', '>=2.0.0 <3.0.0').plan(root);
    expect(warnings.filter((one) => one.includes("/spec/tag] keeps tag '1.4.2'"))).toHaveLength(1);
  });
});
