import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { grouped } from '../vocabulary/grouped';
import { setterName } from '../vocabulary/setter-marker';
import { CommittedObject, isKustomizationFile } from './committed-objects';
import { RepoDocument } from './repo-file';

/**
 * What came in the place of what: of all that go and come with the same markers in the same kind of object, the only two.
 * Where there are more, nobody can tell, and none is paired.
 */
export function pairedObjects(
  going: readonly CommittedObject[],
  coming: readonly RepoDocument[],
): Map<RepoDocument, CommittedObject> {
  const gone = grouped(going, ({ manifest, fields }) =>
    traitOf(
      manifest,
      fields.map(({ setter }) => setter),
    ),
  );
  const come = grouped(coming, ({ manifest, markers }) =>
    traitOf(manifest, markers.map(setterName)),
  );
  const pairs = new Map<RepoDocument, CommittedObject>();
  for (const [trait, [one, ...others]] of come) {
    const [former, ...more] = gone.get(trait) ?? [];
    if (former && others.length + more.length === 0) {
      pairs.set(one, former);
    }
  }
  return pairs;
}

/** What an object keeps under another name. The images of a kustomization file come and go, and it moves nevertheless. */
function traitOf(manifest: any, setters: string[]): string {
  return isKustomizationFile(manifest)
    ? 'kustomization file'
    : JSON.stringify([
        apiGroupOf(String(manifest.apiVersion)),
        String(manifest.kind),
        [...new Set(setters)].sort(),
      ]);
}
