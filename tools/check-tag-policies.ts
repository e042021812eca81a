import { Case, tagPolicyCases } from './check-tag-policies/cases';
import { Answer, askFlux, compileFlux, PolicySpec } from './check-tag-policies/flux';

/**
 * Asks `TagPolicy.choose` and Flux the same, many times. `choose` may throw where Flux chooses, and says why; it must
 * never name another tag than Flux, or none where Flux names one.
 */
const CASES = 20_000;
/** As many of each kind are made simpler, and then as many printed. */
const SIMPLIFIED = 60;
const PRINTED = 12;

type Ours = { winner: string } | { none: true } | { refusal: string };

interface Verdict {
  readonly ours: Ours;
  readonly flux: Answer;
  /** How the two disagree; undefined where they agree, or ours refuses to answer. */
  readonly disagreement?: string;
}

function ask({ build, spec, tags }: Case): { spec: PolicySpec; ours: Ours } {
  let asked = spec;
  try {
    const policy = build();
    asked = policy._spec;
    const winner = policy.choose([...tags]);
    return { spec: asked, ours: winner === undefined ? { none: true } : { winner } };
  } catch (error) {
    return { spec: asked, ours: { refusal: (error as Error).message } };
  }
}

function judge(cases: Case[]): Verdict[] {
  const asked = cases.map(ask);
  const answers = askFlux(asked.map(({ spec }, i) => ({ spec, tags: cases[i].tags })));
  return asked.map(({ ours }, i) => {
    const flux = answers[i];
    return { ours, flux, disagreement: disagreementOf(ours, flux) };
  });
}

function disagreementOf(ours: Ours, flux: Answer): string | undefined {
  const of =
    flux.error !== undefined
      ? 'Flux gives up'
      : flux.chance
        ? 'Flux chooses by chance'
        : flux.none
          ? 'Flux finds none'
          : 'Flux chooses';
  if ('refusal' in ours) {
    return undefined;
  }
  if ('none' in ours) {
    return flux.none ? undefined : `none where ${of}`;
  }
  if (flux.winner === undefined) {
    return `a winner where ${of}`;
  }
  return ours.winner === flux.winner ? undefined : 'another winner than Flux';
}

/** The same disagreement with as little as possible. */
function simplified(one: Case, disagreement: string): Case {
  const simpler = one.simpler();
  const found = judge(simpler).findIndex((verdict) => verdict.disagreement === disagreement);
  return found < 0 ? one : simplified(simpler[found], disagreement);
}

/** Simple examples, one of each shape, the shortest first. */
function examples(all: Case[], disagreement: string): string[] {
  const simple = all.slice(0, SIMPLIFIED).map((one) => simplified(one, disagreement));
  const byShape = new Map<string, string>();
  judge(simple).forEach(({ ours, flux }, i) => {
    const { program, tags } = simple[i];
    const asked = `${program} of ${JSON.stringify(tags)}`;
    byShape.set(
      asked.replace(/\d+/g, '0'),
      `  ${asked}: ${JSON.stringify(ours)}, and Flux ${JSON.stringify(flux)}`,
    );
  });
  return [...byShape.values()].sort((a, b) => a.length - b.length).slice(0, PRINTED);
}

function main(): void {
  compileFlux();
  const start = Date.now();
  const cases = tagPolicyCases(CASES);
  const disagreements = new Map<string, Case[]>();
  const stricter = new Map<string, number>();
  const counts = { winners: 0, nones: 0, refused: 0, stricter: 0 };
  judge(cases).forEach(({ ours, flux, disagreement }, i) => {
    if (disagreement !== undefined) {
      disagreements.set(disagreement, [...(disagreements.get(disagreement) ?? []), cases[i]]);
    } else if ('winner' in ours) {
      counts.winners++;
    } else if ('none' in ours) {
      counts.nones++;
    } else if (flux.winner === undefined) {
      counts.refused++;
    } else {
      const reason = ours.refusal.replace(/'[^']*'/g, "'…'");
      stricter.set(reason, (stricter.get(reason) ?? 0) + 1);
      counts.stricter++;
    }
  });

  const figures = [
    `${cases.length} cases: as Flux ${counts.winners} winners and ${counts.nones} times none, ` +
      `${counts.refused} times neither answers, ${counts.stricter} times refused where Flux chooses; ` +
      `${Math.round((Date.now() - start) / 1000)} s`,
    ...[...stricter]
      .sort(([, a], [, b]) => b - a)
      .map(([reason, times]) => `  refused ${times} times: ${reason}`),
  ].join('\n');
  if (disagreements.size > 0) {
    const told = [...disagreements].map(
      ([kind, all]) => `${kind}, ${all.length} times:\n${examples(all, kind).join('\n')}`,
    );
    throw new Error(`TagPolicy disagrees with Flux\n${told.join('\n')}\n${figures}`);
  }
  console.log(`tag policies: accepted, ${figures}`);
}

main();
