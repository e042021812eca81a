import { AppliedObject, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { lineFinder } from '../inventory/read-source-file';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { Check, FileCheck, FileProblem, ObjectCheck, Problem, Profile } from './check';
import { CHECK_FAILED } from './engine-checks';
import { Finding, inOrder, titleOf } from './finding';
import { guarded } from './guarded';
import { CHECKS } from './registry';
import { suppressionFindings } from './suppression-findings';
import { PlacedSuppression, Suppressions, writtenSuppressions } from './suppressions';
import { addTo } from '../vocabulary/grouped';

export interface CheckOptions {
  readonly profile: Profile;
  /** What the program suppresses, by construct. @default - nothing */
  readonly suppressions?: readonly PlacedSuppression[];
  /** @default - all checks of the profile */
  readonly checks?: readonly Check[];
}

/** What the checks say of a fleet. */
export interface CheckResult {
  /** What is not suppressed, in order of repository, file and line. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  /** Ids of the checks that ran. */
  readonly checks: readonly string[];
  readonly suppressions: readonly PlacedSuppression[];
}

/** A finding before its line and its suppression are known. */
interface Draft {
  readonly check: Pick<Check, 'id' | 'severity' | 'remedy'>;
  readonly message: string;
  readonly repository: SourceRepository;
  readonly path: string;
  readonly index: number;
  /** JSON pointer within the document. */
  readonly at: string;
  readonly line?: number;
  readonly object?: string;
  readonly field?: string;
  readonly construct?: string;
  readonly clusters: Set<string>;
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
  private readonly drafts = new Map<string, Draft>();
  private readonly suppressions: Suppressions;
  private readonly byType = new Map<string, ObjectCheck[]>();
  private readonly everywhere: ObjectCheck[] = [];
  /** What checks that need the object alone said of a manifest, which clusters share. */
  private readonly alone = new Map<ObjectCheck, Map<any, readonly Problem[]>>();

  public constructor(
    private readonly fleet: FleetView,
    private readonly checks: readonly Check[],
    programs: readonly PlacedSuppression[],
  ) {
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
    this.suppressions = new Suppressions([...programs, ...writtenSuppressions(fleet)]);
  }

  public result(): CheckResult {
    const open: Finding[] = [];
    const suppressed: Finding[] = [];
    for (const finding of this.located([...this.drafts.values()])) {
      const suppression = this.suppressions.of(finding);
      if (suppression) {
        suppressed.push({ ...finding, suppression });
      } else {
        open.push(finding);
      }
    }
    const known = new Set(CHECKS.map(({ id }) => id));
    const ran = new Set(this.checks.map(({ id }) => id));
    open.push(...suppressionFindings(this.suppressions, known, ran));
    return {
      findings: open.sort(inOrder),
      suppressed: suppressed.sort(inOrder),
      checks: this.checks.map(({ id }) => id),
      suppressions: this.suppressions.all,
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
      this.add(view.name, {
        check: failed ? CHECK_FAILED : check,
        message: `${title} ${message}`,
        repository,
        path: document.path,
        index: document.index,
        at: within + pointer,
        object: title,
        field: pointer,
        construct: document.constructPath,
      });
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
      this.add(cluster, {
        check: failed ? CHECK_FAILED : check,
        message: `${file.path} ${message}`,
        repository,
        path: file.path,
        index,
        at: pointer,
        line,
        construct: file.documents[0]?.constructPath,
      });
    }
  }

  private add(cluster: string, draft: Omit<Draft, 'clusters'>): void {
    const { check, repository, path, index, at, message } = draft;
    const key = JSON.stringify([check.id, repository.name, path, index, at, message]);
    const known = this.drafts.get(key) ?? { ...draft, clusters: new Set<string>() };
    this.drafts.set(key, known);
    if (cluster !== '') {
      known.clusters.add(cluster);
    }
  }

  private located(drafts: readonly Draft[]): Finding[] {
    const finders = new Map<string, ReturnType<typeof lineFinder>>();
    return drafts.map(({ check, repository, path, index, at, line, clusters, ...rest }) => {
      const key = `${repository.name}\n${path}`;
      const finder = finders.get(key) ?? lineFinder(repository.tree.file(path)!);
      finders.set(key, finder);
      return {
        check: check.id,
        severity: check.severity,
        remedy: check.remedy,
        repository: repository.name,
        path,
        line: line ?? finder(index, at),
        clusters: [...clusters].sort(),
        ...rest,
      };
    });
  }
}
