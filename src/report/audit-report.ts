import { Finding, messageBeside, placeOf } from '../checks/finding';
import { CheckResult } from '../checks/run-checks';
import { FleetView } from '../clusters/view-clusters';
import { AuditVerdict } from '../vocabulary/audit-verdict';
import { ArtifactRoot } from './artifact-root';
import { isolationJson } from './isolation-json';
import { fleetIsolation } from './isolation/fleet-isolation';
import { jsonReport } from './json-report';
import { junitReport } from './junit-report';
import { isolationPage } from './page/isolation-page';
import { sarifReport } from './sarif-report';
import { textReport } from './text-report';

/** What the checks say of the repositories that a program writes. `Fleet.audit` makes one. */
export class AuditReport {
  /** @internal */
  public static _of(fleet: FleetView, result: CheckResult): AuditReport {
    return new AuditReport(fleet, result);
  }

  /** What it comes to. */
  public readonly verdict: AuditVerdict;
  /** What must not be written, each finding as one line; empty where all is well. */
  public readonly errors: string[];
  /** What hardly should be. */
  public readonly warnings: string[];
  /** What somebody accepted, each with owner and reason. */
  public readonly suppressed: string[];

  /** What could not be read with the file that brings it along, such as what charts install; not all of it makes the verdict unknown. */
  public readonly unread: string[];

  private constructor(
    /** @internal */
    public readonly _fleet: FleetView,
    /** @internal */
    public readonly _result: CheckResult,
  ) {
    const { findings, suppressed, unread, verdict } = _result;
    this.verdict = verdict;
    this.errors = findings.filter(({ severity }) => severity === 'error').map(findingLine);
    this.warnings = findings.filter(({ severity }) => severity === 'warning').map(findingLine);
    this.suppressed = suppressed.map(findingLine);
    this.unread = unread.map(({ path, repository, what }) => `${path ?? repository} ${what}`);
  }

  /** The findings for people, grouped by file; the last line is the verdict. */
  public toText(): string {
    return textReport(this._result);
  }

  /** The findings for programs. Their form is `docs/findings.schema.json`. */
  public toJson(): string {
    return jsonReport(this._result);
  }

  /**
   * The findings as SARIF 2.1.0, for code scanning. Where the program writes several repositories, each path begins with the id of
   * its own, as below the directory that `synth` writes to.
   *
   * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
   */
  public toSarif(): string {
    const { repositories } = this._fleet;
    const rootOf = (name: string): ArtifactRoot => {
      return { isElsewhere: false, segments: repositories.length > 1 ? [name] : [] };
    };
    return sarifReport(this._result, new Map(repositories.map(({ name }) => [name, rootOf(name)])));
  }

  /** The findings as JUnit XML: a check is a test. */
  public toJunit(): string {
    return junitReport(this._result);
  }

  /**
   * The evidence of isolation for people, such as auditors: one HTML file, which asks for nothing else. For every cluster, it has each
   * tenant's namespaces, identities with their rights, sources and signatures, the policies in force, what checks found, what
   * is suppressed and by whom, and on which ways a tenant reaches what is not its own. The same program has the same file.
   */
  public isolationHtml(): string {
    return isolationPage(fleetIsolation(this._fleet, this._result));
  }

  /** The evidence of isolation for programs: what `isolationHtml` shows. Its form is `docs/isolation.schema.json`. */
  public isolationJson(): string {
    return isolationJson(fleetIsolation(this._fleet, this._result));
  }
}

/** A finding as one line of a list. */
export function findingLine(finding: Finding): string {
  const { construct, check, remedy, suppression } = finding;
  const end = suppression ? `${suppression.owner}: ${suppression.reason}` : remedy;
  const made = construct === undefined ? '' : `[${construct}] `;
  return `${made}${placeOf(finding)} ${messageBeside(finding)} (${check}): ${end}`;
}
