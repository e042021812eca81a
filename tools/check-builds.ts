import { builds, disagreementOf } from './check-builds/compare';
import { exampleTrees } from './check-builds/examples';
import { askFlux, compileFlux } from './check-builds/flux';
import { oddTrees } from './check-builds/odd-trees';
import { tree } from './check-builds/trees';

/**
 * Builds directories as we do, and as Flux does: both must bring out the same objects, or both refuse.
 *
 *     check-builds <directory of examples> [<first seed> <cases>]
 */
const CASES = 250;
const PRINTED = 8;

function main(): void {
  const [examples, ...numbers] = process.argv.slice(2);
  const [first = 1, cases = CASES] = numbers.map(Number);
  const start = Date.now();
  compileFlux();
  const trees = [
    ...exampleTrees(examples).map((one) => ({ name: 'example', ...one })),
    ...oddTrees(),
    ...Array.from({ length: cases }, (_, i) => ({ name: `seed ${first + i}`, ...tree(first + i) })),
  ];
  const answers = askFlux(trees);
  const judged = trees.flatMap((one, i) =>
    builds(one).map((ours, k) => ({
      name: `${one.name}, ${one.builds[k].path}`,
      disagreement: disagreementOf(ours, answers[i][k]),
    })),
  );
  const wrong = judged.filter(({ disagreement }) => disagreement !== undefined);
  if (wrong.length > 0) {
    const shown = wrong.slice(0, PRINTED).map((one) => `${one.name}: ${one.disagreement}`);
    throw new Error(
      `${wrong.length} of ${judged.length} builds are not those of Flux:\n${shown.join('\n')}`,
    );
  }
  const all = answers.flat();
  const refused = all.filter(({ error }) => error !== undefined).length;
  const objects = all.reduce((sum, answer) => sum + (answer.objects?.length ?? 0), 0);
  if (refused > all.length / 2) {
    throw new Error(`Flux refuses ${refused} of ${all.length} builds: that judges too little`);
  }
  console.log(
    `builds: accepted (${all.length} directories, of which ${cases} are generated and ${refused} refused by both; ` +
      `${objects} objects; ${Math.round((Date.now() - start) / 1000)} s)`,
  );
}

main();
