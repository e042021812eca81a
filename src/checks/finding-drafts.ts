import { AppliedObject } from '../clusters/applied-object';
import { Check } from './check';
import { Finding, SuppressedBy } from './finding';
import { Place, PlaceLines } from './place';
import { Suppressions } from './suppressions';

/** A finding before its line is known. */
export interface Draft extends Place {
  readonly check: Pick<Check, 'id' | 'severity' | 'remedy'>;
  readonly message: string;
  /** @default - the line of the pointer */
  readonly line?: number;
  readonly object?: string;
  readonly identity?: string;
  readonly field?: string;
  readonly construct?: string;
}

/** Longer messages quote what people do not read, and drown the rest. */
const LONGEST_MESSAGE = 2000;

interface Kept {
  readonly draft: Draft;
  readonly suppression?: SuppressedBy;
  readonly clusters: Set<string>;
}

/** What is found, each once with all its clusters: apart where it is accepted on some of them, and not on others. */
export class FindingDrafts {
  private readonly kept = new Map<string, Kept>();

  public constructor(private readonly suppressions: Suppressions) {}

  /**
   * @param cluster name of the cluster it is found on; '' where none is known
   * @param object what it is found of, as that cluster gets it
   */
  public add(draft: Draft, cluster: string, object?: AppliedObject): void {
    const { check, repository, path, index, pointer, identity } = draft;
    const message = cut(draft.message);
    const suppression = this.suppressions.of(draft, object);
    const place = [repository.name, path, index, pointer];
    const key = JSON.stringify([check.id, ...place, message, identity, suppression]);
    const known = this.kept.get(key) ?? {
      draft: { ...draft, message },
      suppression,
      clusters: new Set<string>(),
    };
    this.kept.set(key, known);
    if (cluster !== '') {
      known.clusters.add(cluster);
    }
  }

  /** The findings, with their lines. */
  public findings(lines: PlaceLines): Finding[] {
    return [...this.kept.values()].map(({ draft, suppression, clusters }) => {
      const { check, repository, path, index, pointer, line, ...rest } = draft;
      return {
        ...rest,
        check: check.id,
        severity: check.severity,
        remedy: check.remedy,
        repository: repository.name,
        path,
        line: line ?? lines.of({ repository, path, index, pointer }),
        clusters: [...clusters].sort(),
        ...(suppression && { suppression }),
      };
    });
  }
}

function cut(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}
