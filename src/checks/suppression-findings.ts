import { Check } from './check';
import { MALFORMED_SUPPRESSION, UNUSED_SUPPRESSION } from './engine-checks';
import { Finding } from './finding';
import { PlacedSuppression, SUPPRESSION_FILE, Suppressions } from './suppressions';

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
): Finding[] {
  const findings: Finding[] = [];
  for (const one of suppressions.all) {
    const unknown = known.has(one.check) ? undefined : `no check is called '${one.check}'`;
    const malformed = one.malformed ?? unknown;
    if (malformed) {
      findings.push(aboutSuppression(MALFORMED_SUPPRESSION, one, malformed));
    }
  }
  for (const one of suppressions.unused) {
    if (ran.has(one.check)) {
      const message = `suppression of '${one.check}' has nothing to suppress`;
      findings.push(aboutSuppression(UNUSED_SUPPRESSION, one, message));
    }
  }
  return findings;
}

function aboutSuppression(
  check: Pick<Check, 'id' | 'severity' | 'remedy'>,
  { where, repository = '', path, object, construct }: PlacedSuppression,
  message: string,
): Finding {
  return {
    check: check.id,
    severity: check.severity,
    remedy: check.remedy,
    message: `${object ?? construct ?? path ?? where} ${message}`,
    repository,
    path: construct === undefined ? where : SUPPRESSION_FILE,
    object,
    construct,
    clusters: [],
  };
}
