import { nearestWord } from '../vocabulary/nearest-word';
import { ENGINE_CHECKS, MALFORMED_SUPPRESSION, UNUSED_SUPPRESSION } from './engine-checks';
import { Finding } from './finding';
import { SUPPRESSION_FILE } from './listed-suppressions';
import { PlaceLines } from './place';
import { Malformed, PlacedSuppression } from './placed-suppression';
import { Suppressions } from './suppressions';

/** What to do with a suppression of nothing. */
const REMOVE: { readonly [by in PlacedSuppression['by']]: string } = {
  annotation: 'remove the annotation',
  entry: 'remove the entry',
  program: "remove the call of 'suppress'",
};

/**
 * What is wrong with suppressions: none that can be read, of no known check, or with nothing to suppress.
 *
 * @param known ids of all checks
 * @param ran ids of those that had something to say
 */
export function suppressionFindings(
  suppressions: Suppressions,
  known: ReadonlySet<string>,
  ran: ReadonlySet<string>,
  lines: PlaceLines,
): Finding[] {
  const findings: Finding[] = [];
  for (const one of suppressions.all) {
    const malformed = one.malformed ?? whyOfNoCheck(one.check, known);
    if (malformed) {
      findings.push(aboutSuppression(MALFORMED_SUPPRESSION, one, malformed, lines));
    }
  }
  for (const one of suppressions.unused.filter(({ check }) => ran.has(check))) {
    const meant = suppressions.meantBy(one);
    const unused = {
      message: `accepts '${one.check}', of which nothing is found`,
      remedy: meant === undefined ? REMOVE[one.by] : `name the object with its group: '${meant}'`,
    };
    findings.push(aboutSuppression(UNUSED_SUPPRESSION, one, unused, lines));
  }
  return findings;
}

function whyOfNoCheck(id: string, known: ReadonlySet<string>): Malformed | undefined {
  if (known.has(id)) {
    return undefined;
  }
  if (ENGINE_CHECKS.some((check) => check.id === id)) {
    return {
      message: `accepts '${id}', which cannot be accepted`,
      remedy: 'remove the suppression, and set right what is found',
    };
  }
  const meant = nearestWord(id, known);
  const didYouMean = meant === undefined ? '' : `; did you mean '${meant}'?`;
  return {
    message: `accepts '${id}', and no check is called that${didYouMean}`,
    remedy: "name one of the checks that 'cdk8s-flux-tenants checks' lists",
  };
}

function aboutSuppression(
  check: Pick<Finding, 'severity'> & { readonly id: string },
  { by, place, where, path, object, construct }: PlacedSuppression,
  { message, remedy }: Malformed,
  lines: PlaceLines,
): Finding {
  const named = object ?? path;
  const entry = named === undefined ? 'an entry without path' : `the entry for ${named}`;
  const subject = {
    annotation: object,
    entry: place?.pointer === '' ? where : entry,
    program: 'the program',
  }[by];
  return {
    check: check.id,
    severity: check.severity,
    remedy,
    message: `${subject} ${message}`,
    repository: place?.repository.name ?? '',
    path: by === 'program' ? SUPPRESSION_FILE : where,
    line: place && lines.of(place),
    object,
    construct,
    clusters: [],
  };
}
