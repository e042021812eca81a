import { AppliedObject, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { Check, FileCheck, ObjectCheck, Problem, Profile } from './check';
import { CHECK_FAILED } from './engine-checks';
import { exactTitleOf, Finding, inOrder, titleOf } from './finding';
import { Draft, FindingDrafts } from './finding-drafts';
import { Guarded, guarded } from './guarded';
import { PlaceLines } from './place';
import { CHECKS } from './registry';
import { suppressionFindings } from './suppression-findings';
import { PlacedSuppression } from './placed-suppression';
import { Suppressions } from './suppressions';
import { Outcome, outcomeOf } from './unread-parts';
import { addTo } from '../vocabulary/grouped';

export interface CheckOptions {
  readonly profile: Profile;
  /** What the program suppresses, by construct. @default - nothing */
  readonly suppressions?: readonly PlacedSuppression[];
  /** @default - all checks of the profile */
  readonly checks?: readonly Check[];
}

/** What the checks say of a fleet. */
export interface CheckResult extends Outcome {
  /** What is not suppressed, in order of repository, file and line. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** Ids of the checks that ran. */
  readonly checks: readonly string[];
  readonly suppressions: readonly PlacedSuppression[];
}

/** Judges a fleet. The same fleet has the same result, in the same order. */
export function runChecks(fleet: FleetView, options: CheckOptions): CheckResult {
  const checks = (options.checks ?? CHECKS).filter(
    ({ profile }) => options.profile === 'strict' || profile === 'recommended',
  );
  const run = new CheckRun(fleet, checks, options.suppressions ?? []);
  return run.result();
}

/** What some checks found in one object; those that found nothing are left out. */
type Problems = ReadonlyMap<ObjectCheck, readonly Guarded<Problem>[]>;

const NO_PROBLEMS: Problems = new Map();

/** The checks of a type, those of everything among them. */
interface ChecksOfType {
  readonly ofObject: readonly ObjectCheck[];
  readonly ofCluster: readonly ObjectCheck[];
}

class CheckRun {
  private readonly suppressions: Suppressions;
  private readonly drafts: FindingDrafts;
  private readonly ofType = new Map<string, ObjectCheck[]>();
  private readonly byType = new Map<string, ChecksOfType>();
  private readonly everywhere: ObjectCheck[] = [];
  /** What checks that need the object alone found in a manifest, which clusters share. */
  private readonly alone = new Map<any, Problems>();

  public constructor(
    private readonly fleet: FleetView,
    private readonly checks: readonly Check[],
    programs: readonly PlacedSuppression[],
  ) {
    this.suppressions = new Suppressions(fleet, programs);
    this.drafts = new FindingDrafts(this.suppressions);
    for (const check of checks) {
      if ('examine' in check) {
        this.enter(check);
      }
    }
    for (const view of [...fleet.clusters, ...fleet.rest]) {
      view.objects.forEach((object) => this.examine(object, view));
    }
    for (const repository of fleet.repositories) {
      repository.tree.files.forEach((file) => this.examineFile(file, repository));
    }
  }

  public result(): CheckResult {
    const lines = new PlaceLines();
    const found = this.drafts.findings(lines);
    const open = found.filter(({ suppression }) => !suppression);
    const suppressed = found.filter(({ suppression }) => suppression);
    const known = new Set(CHECKS.map(({ id }) => id));
    const ran = new Set(this.checks.map(({ id }) => id));
    open.push(...suppressionFindings(this.suppressions, known, ran, lines));
    return {
      findings: open.sort(inOrder),
      suppressed: suppressed.sort(inOrder),
      checks: this.checks.map(({ id }) => id),
      suppressions: this.suppressions.all,
      ...outcomeOf(this.fleet, open),
    };
  }

  private enter(check: ObjectCheck): void {
    for (const type of check.types) {
      if (type === '*') {
        this.everywhere.push(check);
      } else {
        addTo(this.ofType, type, check);
      }
    }
  }

  private examine(object: AppliedObject, view: ClusterView): void {
    const { ofObject, ofCluster } = this.checksOf(object);
    const alone = this.alone.get(object.manifest) ?? this.examineAlone(ofObject, object, view);
    alone.forEach((problems, check) => this.draft(check, object, view, problems));
    if (view.isCluster) {
      for (const check of ofCluster) {
        this.draft(check, object, view, guarded(check.id, check.examine, object, view));
      }
    }
  }

  private examineAlone(
    checks: readonly ObjectCheck[],
    object: AppliedObject,
    view: ClusterView,
  ): Problems {
    let found: Map<ObjectCheck, readonly Guarded<Problem>[]> | undefined;
    for (const check of checks) {
      const problems = guarded(check.id, check.examine, object, view);
      if (problems.length > 0) {
        (found ??= new Map()).set(check, problems);
      }
    }
    const all = found ?? NO_PROBLEMS;
    this.alone.set(object.manifest, all);
    return all;
  }

  private checksOf({ manifest }: AppliedObject): ChecksOfType {
    const type = typeOf(manifest);
    let checks = this.byType.get(type);
    if (!checks) {
      const all = [...(this.ofType.get(type) ?? []), ...this.everywhere];
      checks = {
        ofObject: all.filter(({ needs }) => needs === 'object'),
        ofCluster: all.filter(({ needs }) => needs === 'cluster'),
      };
      this.byType.set(type, checks);
    }
    return checks;
  }

  private draft(
    check: Check,
    object: AppliedObject,
    view: ClusterView,
    problems: readonly Guarded<Problem>[],
  ): void {
    if (problems.length === 0) {
      return; // without a title, which is seldom needed
    }
    const { document, manifest, repository, within = '' } = object;
    const title = titleOf(manifest);
    for (const { message, pointer = '', failed } of problems) {
      const found: Draft = {
        check: failed ? CHECK_FAILED : check,
        message: `${title} ${message}`,
        repository,
        path: document.path,
        index: document.index,
        pointer: within + pointer,
        object: title,
        identity: exactTitleOf(manifest),
        field: pointer,
        construct: document.constructPath,
      };
      this.drafts.add(found, view.name, object);
    }
  }

  private examineFile(file: SourceFile, repository: SourceRepository): void {
    for (const check of this.checks) {
      if ('examineFile' in check) {
        this.draftFile(check, file, repository);
      }
    }
  }

  private draftFile(check: FileCheck, file: SourceFile, repository: SourceRepository): void {
    const problems = guarded(check.id, check.examineFile, file, repository, this.fleet);
    for (const problem of problems) {
      const { message, pointer = '', index = 0, line, cluster = '', failed } = problem;
      const found: Draft = {
        check: failed ? CHECK_FAILED : check,
        message: `${file.path} ${message}`,
        repository,
        path: file.path,
        index,
        pointer,
        line,
        construct: file.documents[0]?.constructPath,
      };
      this.drafts.add(found, cluster);
    }
  }
}
