import { AppliedObject, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { Check, FileCheck, FileProblem, ObjectCheck, Problem, Profile } from './check';
import { CHECK_FAILED } from './engine-checks';
import { exactTitleOf, Finding, inOrder, titleOf } from './finding';
import { Draft, FindingDrafts } from './finding-drafts';
import { guarded } from './guarded';
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

class CheckRun {
  private readonly suppressions: Suppressions;
  private readonly drafts: FindingDrafts;
  private readonly byType = new Map<string, ObjectCheck[]>();
  private readonly everywhere: ObjectCheck[] = [];
  /** What checks that need the object alone said of a manifest, which clusters share. */
  private readonly alone = new Map<ObjectCheck, Map<any, readonly Problem[]>>();

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
        addTo(this.byType, type, check);
      }
    }
  }

  private examine(object: AppliedObject, view: ClusterView): void {
    const own = this.byType.get(typeOf(object.manifest)) ?? [];
    for (const check of own) {
      this.ask(check, object, view);
    }
    for (const check of this.everywhere) {
      this.ask(check, object, view);
    }
  }

  private ask(check: ObjectCheck, object: AppliedObject, view: ClusterView): void {
    if (check.needs === 'cluster') {
      if (view.isCluster) {
        this.draft(check, object, view, () => check.examine(object, view));
      }
      return;
    }
    const known = this.alone.get(check) ?? new Map<any, readonly Problem[]>();
    this.alone.set(check, known);
    this.draft(check, object, view, () => {
      const { manifest } = object;
      const problems = known.get(manifest) ?? [...check.examine(object, view)];
      known.set(manifest, problems);
      return problems;
    });
  }

  private draft(
    check: Check,
    object: AppliedObject,
    view: ClusterView,
    examine: () => Iterable<Problem>,
  ): void {
    const { document, manifest, repository, within = '' } = object;
    const title = titleOf(manifest);
    const { id } = check;
    for (const { message, pointer = '', failed } of guarded(id, examine)) {
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
    const examine = () => check.examineFile(file, repository, this.fleet);
    for (const problem of guarded<FileProblem>(check.id, examine)) {
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
