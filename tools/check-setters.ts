import { rmSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { acme } from '../examples/acme/main';
import { Fleet } from '../src';
import { buildFleet, generatedFleets } from './check-setters/generated-fleets';
import { MUTATIONS } from './check-setters/mutations';
import { repositoriesOf, RoundTrip } from './check-setters/round-trip';
import { ChangedFile, compileSetters, runSetters, WORK } from './check-setters/setters';

/**
 * Lets image automation move images on in repositories that we wrote, twice, and writes them again after each time:
 * every tag that it committed must stay. The acme example comes with many seeds, and generated fleets with one.
 *
 *     check-setters                     the round trips, after every mutation was shown to be refused
 *     check-setters --mutate <name>     one mutation of the acme example, which fails
 */
const SEEDS = 10;
const FLEETS = 60;

function synthesize(directory: string, build: (outdir: string) => Fleet): Fleet {
  const app = build(directory);
  app.synth();
  return app;
}

/** @returns why the setters refuse the mutated example */
function refusalOf(name: string): string | undefined {
  const examples = join(WORK, 'mutated', name);
  synthesize(join(examples, 'acme'), acme);
  MUTATIONS[name].mutate(join(examples, 'acme'));
  try {
    runSetters(examples, 1);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function requireRefusals(): void {
  for (const [name, { refusal }] of Object.entries(MUTATIONS)) {
    const found = refusalOf(name);
    if (found === undefined || !refusal.test(found)) {
      throw new Error(`mutation '${name}' must be refused with ${refusal}, but: ${found}`);
    }
  }
}

/** A program with other policies keeps none of the tags, and says so. */
function requireDrift(app: Fleet, renamed: Fleet, changed: ChangedFile[]): void {
  for (const repository of repositoriesOf(renamed)) {
    const id = repository.node.id;
    const isChanged = changed.some(({ path }) => path.startsWith(`${id}/`));
    const plan = repository.plan(join(app.outdir, id));
    if (isChanged && (plan.isUpToDate || plan.kept.length > 0)) {
      throw new Error(`policies of ${id} have other names, but its plan says:\n${plan}`);
    }
  }
}

function main(): void {
  rmSync(WORK, { recursive: true, force: true });
  compileSetters();
  const [option, mutation] = process.argv.slice(2);
  if (option !== undefined) {
    throw new Error(
      option === '--mutate' && mutation in MUTATIONS
        ? (refusalOf(mutation) ?? `mutation '${mutation}' was accepted`)
        : `usage: check-setters [--mutate ${Object.keys(MUTATIONS).join('|')}]`,
    );
  }
  const start = Date.now();
  requireRefusals();

  let written = 0;
  let fields = 0;
  const reformatted: string[][] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const examples = join(WORK, 'acme', String(seed));
    const app = synthesize(join(examples, 'acme'), acme);
    const roundTrip = new RoundTrip(`acme, seed ${seed}`, app);
    for (const round of [seed, seed + 1000]) {
      const files = runSetters(examples, round).get('acme')!;
      written += files.length;
      fields += files.flatMap((file) => file.fields).length;
      reformatted.push(...roundTrip.check(files));
    }
  }

  const examples = join(WORK, 'generated');
  const specs = generatedFleets(FLEETS);
  const fleets = specs.map((spec, i) => {
    const app = synthesize(join(examples, `fleet-${i}`), (outdir) => buildFleet(spec, outdir));
    return { app, roundTrip: new RoundTrip(`fleet-${i}`, app) };
  });
  for (const round of [1, 2]) {
    const reports = runSetters(examples, round);
    fleets.forEach(({ app, roundTrip }, i) => {
      const files = reports.get(`fleet-${i}`)!;
      written += files.length;
      fields += files.flatMap((file) => file.fields).length;
      reformatted.push(...roundTrip.check(files));
      requireDrift(app, buildFleet(specs[i], app.outdir, 'other-'), files);
    });
  }
  if (fields < FLEETS * 20) {
    throw new Error(`the setters must have something to do, but set ${fields} fields`);
  }
  const list = join(WORK, 'reformatted.txt');
  writeFileSync(list, reformatted.map((lines) => `${lines.join('\n  ')}\n`).join(''));
  console.log(
    `setters: accepted (${SEEDS} times acme and ${FLEETS} generated fleets, twice each: ${fields} fields set and kept; ` +
      `${reformatted.length} of ${written} files reformatted, see ${relative('.', list)}; ` +
      `${Object.keys(MUTATIONS).length} mutations refused; ${Math.round((Date.now() - start) / 1000)} s)`,
  );
}

main();
