import type { HelmReleaseSpecDriftDetectionIgnore } from '../imports/helm.toolkit.fluxcd.io';
import { listOf, optional, requireProps, TEXT } from './form';
import { requireObjectName } from './names';
import { quoted } from './quoted';

/** Fields of a release's objects that something else on the cluster owns, such as the replicas that an autoscaler sets. */
export interface IgnoredDrift {
  /** Kind of the objects, such as `Deployment`. */
  readonly kind: string;
  /**
   * Name of the object.
   *
   * @default - all of the kind
   */
  readonly name?: string;
  /** The fields, as JSON pointers, such as `/spec/replicas`. */
  readonly paths: string[];
}

const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
/** At least one step: the empty pointer means the whole object. `~` stands only before `0` and `1`. */
const POINTER = /^(?:\/(?:[^~/\p{Cc}]|~[01])+)+$/u;
const LONGEST_POINTER = 1024;

/** `spec.driftDetection.ignore` of a HelmRelease. Throws when an exception is not of certain fields of a certain kind. */
export function ignoredDrift(exceptions: IgnoredDrift[]): HelmReleaseSpecDriftDetectionIgnore[] {
  return exceptions.map((exception) => {
    requireProps('ignored drift', exception, {
      kind: TEXT,
      name: optional(TEXT),
      paths: listOf(TEXT),
    });
    const { kind, name, paths } = exception;
    if (!KIND.test(kind)) {
      throw new Error(
        `kind of ignored drift must be one such as 'Deployment', got ${quoted(kind)}`,
      );
    }
    if (paths.length === 0) {
      throw new Error(
        `ignored drift of ${kind} must name fields in 'paths', such as '/spec/replicas'`,
      );
    }
    return {
      paths: paths.map(requirePointer),
      target: {
        kind,
        // A regular expression to Flux, in which dots stand for anything.
        ...(name !== undefined && {
          name: requireObjectName('object of ignored drift', name).replace(/[.]/g, '[.]'),
        }),
      },
    };
  });
}

function requirePointer(path: string): string {
  if (path.length > LONGEST_POINTER || !POINTER.test(path)) {
    throw new Error(
      `path of ignored drift must be a JSON pointer such as '/spec/replicas', got ${quoted(path)}`,
    );
  }
  return path;
}

/** What of it is a whole part of an object, such as `/spec` or `/data`; undefined for nothing. */
export function driftDoubt(exceptions: IgnoredDrift[]): string | undefined {
  const all = exceptions.flatMap(({ kind, paths }) =>
    paths.filter((path) => path.lastIndexOf('/') === 0).map((path) => `'${path}' of ${kind}`),
  );
  return all.length > 0 ? `corrects no drift below ${all.join(', ')}` : undefined;
}
