import { itemsAt, mapAt, textAt, valueAt } from '../../checks/manifest-fields';
import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { fetchedPlace, hasLists, isListed } from '../../inventory/fetched-place';
import { listedSources } from '../../inventory/listed-sources';
import { isMap } from '../../vocabulary/is-map';
import { sortedBy } from '../../vocabulary/sorted-by';
import { SOURCE_TYPES } from '../../vocabulary/tenant-annotations';

/** What a tenant fetches. */
export interface SourceFacts {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Where from: a URL, an endpoint with its bucket, an image, or the chart and its repository. */
  readonly place: string;
  /** What of it: a branch, a tag, a range of versions, a digest; empty where it does not say. */
  readonly reference: string;
  readonly signature: SignatureFacts;
  /** Whether the annotations of its namespace list the place; null where there are none, or nothing of its own is fetched. */
  readonly isAllowed: boolean | null;
}

/** Where a tenant may fetch from, or what it may claim. */
export interface AllowedPlace {
  readonly type: string;
  /** Exactly there, or below. */
  readonly place: string;
}

/** Whose signature is asked for. */
export interface SignatureFacts {
  /** `keyless` is cosign's, by an identity of OpenID Connect. */
  readonly by: 'keyless' | 'cosign-key' | 'notation' | 'openpgp' | 'none' | 'not-applicable';
  /** The identities, or the Secret with the keys. */
  readonly who: readonly string[];
}

interface SourceKind {
  readonly place: (spec: unknown) => string;
  readonly reference: (spec: unknown) => string;
  readonly isSigned?: boolean;
}

const url = (spec: unknown): string => String(valueAt(spec, 'url') ?? '');
const ref = (spec: unknown): string =>
  Object.entries(mapAt(spec, 'ref'))
    .filter(([, value]) => typeof value === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
const version = (spec: unknown): string => textAt(spec, 'version') ?? '';
const none = (): string => '';

const KINDS: Readonly<Record<string, SourceKind>> = {
  'source.toolkit.fluxcd.io/GitRepository': {
    place: url,
    reference: ref,
    isSigned: true,
  },
  'source.toolkit.fluxcd.io/OCIRepository': {
    place: url,
    reference: ref,
    isSigned: true,
  },
  'source.toolkit.fluxcd.io/HelmRepository': {
    place: url,
    reference: none,
  },
  'source.toolkit.fluxcd.io/Bucket': {
    place: (spec) => `${textAt(spec, 'endpoint')}/${textAt(spec, 'bucketName')}`,
    reference: (spec) => textAt(spec, 'prefix') ?? '',
  },
  'source.toolkit.fluxcd.io/HelmChart': {
    place: (spec) => chartPlace(spec, 'sourceRef'),
    reference: version,
    isSigned: true,
  },
  'helm.toolkit.fluxcd.io/HelmRelease': {
    place: (spec) => chartPlace(mapAt(spec, 'chart', 'spec'), 'sourceRef'),
    reference: (spec) => version(mapAt(spec, 'chart', 'spec')),
    isSigned: true,
  },
  'image.toolkit.fluxcd.io/ImageRepository': {
    place: (spec) => textAt(spec, 'image') ?? '',
    reference: none,
  },
};

/** What a tenant fetches, sorted. */
export function sourcesOf(namespaces: readonly string[], view: ClusterView): SourceFacts[] {
  const facts = namespaces.flatMap((namespace) => {
    const annotations = annotationsOf(namespace, view);
    return view
      .inNamespace(namespace)
      .flatMap((object) => sourceFacts(object, namespace, annotations) ?? []);
  });
  return sortedBy(facts, titleOfSource);
}

/** What the annotations of a tenant's namespaces list. */
export function allowedPlaces(namespaces: readonly string[], view: ClusterView): AllowedPlace[] {
  const found = new Map<string, AllowedPlace>();
  for (const namespace of namespaces) {
    for (const type of SOURCE_TYPES) {
      for (const place of listedSources(annotationsOf(namespace, view), type)) {
        found.set(JSON.stringify([type, place]), { type, place });
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

export function titleOfSource({
  kind,
  namespace,
  name,
}: Pick<SourceFacts, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}

function sourceFacts(
  { manifest }: AppliedObject,
  namespace: string,
  annotations: Record<string, unknown>,
): SourceFacts | undefined {
  const type = typeOf(manifest);
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const { spec } = manifest;
  const isChartless = type.endsWith('/HelmRelease') && !isMap(valueAt(spec, 'chart', 'spec'));
  if (!kind || isChartless) {
    return undefined;
  }
  const place = kind.place(spec);
  const signed = type.endsWith('/HelmRelease') ? mapAt(spec, 'chart', 'spec') : spec;
  const fetched = fetchedPlace(manifest);
  return {
    kind: manifest.kind,
    namespace,
    name: manifest.metadata.name,
    place,
    reference: kind.reference(spec),
    signature: kind.isSigned ? signatureOf(signed) : { by: 'not-applicable', who: [] },
    isAllowed: fetched && hasLists(annotations) ? isListed(fetched, annotations) : null,
  };
}

function signatureOf(spec: unknown): SignatureFacts {
  const verify = mapAt(spec, 'verify');
  const secret = textAt(verify, 'secretRef', 'name');
  const who = secret === undefined ? [] : [`Secret '${secret}'`];
  const identities = itemsAt(verify, 'matchOIDCIdentity').map(
    ({ value }) => `subject ${textAt(value, 'subject')} of issuer ${textAt(value, 'issuer')}`,
  );
  if (Object.keys(verify).length === 0) {
    return { by: 'none', who: [] };
  }
  if (verify.provider === 'notation') {
    return { by: 'notation', who };
  }
  if (verify.provider !== 'cosign') {
    return { by: 'openpgp', who };
  }
  return secret === undefined
    ? {
        by: 'keyless',
        who: identities.length > 0 ? identities : ['anybody whom the public Fulcio knows'],
      }
    : { by: 'cosign-key', who };
}

function chartPlace(spec: unknown, reference: string): string {
  const { kind, name, namespace } = mapAt(spec, reference);
  const of = `${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)}`;
  return `chart ${String(valueAt(spec, 'chart'))} of ${String(kind)} ${of}`;
}

function annotationsOf(namespace: string, view: ClusterView): Record<string, unknown> {
  return mapAt(view.find('/Namespace', '', namespace)?.manifest, 'metadata', 'annotations');
}
