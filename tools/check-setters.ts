import { rmSync, writeFileSync } from 'fs';
import { join, relative } from 'path';
import { acme } from '../examples/acme/main';
import { Fleet } from '../src';
import { buildFleet } from './check-setters/build-fleet';
import { FleetSpec, generatedFleets } from './check-setters/generated-fleets';
import { MUTATIONS } from './check-setters/mutations';
import { repositoriesOf, RoundTrip } from './check-setters/round-trip';
import { ChangedFile, compileSetters, runSetters, WORK } from './check-setters/setters';

/**
 * Lets image automation move images on in repositories that we wrote, and writes them again after each time: every tag
 * that it committed must stay. The acme example comes with many seeds; generated fleets move their files in between, and
 * take tags back.
 *
 *     check-setters                     the round trips, after every mutation was shown to be refused
 *     check-setters --mutate <name>     one mutation of the acme example, which fails
 */
const SEEDS = 10;
const FLEETS = 40;

/** What the setters did. */
const written = { files: 0, fields: 0, moved: 0, overruled: 0, reformatted: [] as string[][] };

function check(roundTrip: RoundTrip, files: ChangedFile[]): void {
  written.files += files.length;
  written.fields += files.flatMap((file) => file.fields).length;
  written.reformatted.push(...roundTrip.check(files));
}

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

function checkAcme(): void {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const examples = join(WORK, 'acme', String(seed));
    const app = synthesize(join(examples, 'acme'), acme);
    const roundTrip = new RoundTrip(`acme, seed ${seed}`, app);
    for (const round of [seed, seed + 1000]) {
      check(roundTrip, runSetters(examples, round).get('acme')!);
    }
  }
}

function checkFleets(specs: FleetSpec[]): void {
  const examples = join(WORK, 'generated');
  const fleets = specs.map((spec, i) => {
    const name = `fleet-${i}`;
    const app = synthesize(join(examples, name), (outdir) => buildFleet(spec, outdir));
    return { name, spec, app, roundTrip: new RoundTrip(name, app) };
  });
  const moved = { apps: 'moved-' };
  const moveOn = (round: number) => {
    const reports = runSetters(examples, round);
    fleets.forEach(({ name, roundTrip }) => check(roundTrip, reports.get(name)!));
    return reports;
  };

  const reports = moveOn(1);
  for (const { name, spec, app, roundTrip } of fleets) {
    requireDrift(app, buildFleet(spec, app.outdir, { policies: 'other-' }), reports.get(name)!);
    written.moved += roundTrip.move(buildFleet(spec, app.outdir, moved), (path) =>
      path.replace(/\/(?=app-\d+\/)/, '/moved-'),
    );
  }
  moveOn(2);
  for (const { spec, app, roundTrip } of fleets) {
    written.overruled += roundTrip.overrule(
      buildFleet(spec, app.outdir, { ...moved, pinned: true }),
    );
  }
  moveOn(3);
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
  checkAcme();
  checkFleets(generatedFleets(FLEETS));
  const { files, fields, moved, overruled, reformatted } = written;
  if (Math.min(fields, moved, overruled) < FLEETS * 30) {
    throw new Error(`the setters must have something to do, but ${JSON.stringify(written)}`);
  }
  const list = join(WORK, 'reformatted.txt');
  writeFileSync(list, reformatted.map((lines) => `${lines.join('\n  ')}\n`).join(''));
  console.log(
    `setters: accepted (${SEEDS} times acme and ${FLEETS} generated fleets: ${fields} fields set and kept, ` +
      `${moved} while their files moved, ${overruled} overruled by pins; ${reformatted.length} of ${files} files ` +
      `reformatted, see ${relative('.', list)}; ${Object.keys(MUTATIONS).length} mutations refused; ` +
      `${Math.round((Date.now() - start) / 1000)} s)`,
  );
}

main();
