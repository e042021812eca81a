import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { itemsAt, textAt } from '../manifest-fields';

/** What Flux makes beside what lies in a repository: charts of releases, and what clusters are read from. */
const MADE = ['ArtifactGenerator', 'ExternalArtifact', 'HelmChart'];
const ROOTS = ['Bucket', 'FluxInstance', 'GitRepository', 'Kustomization', 'OCIRepository'];

export const alertSilent: ObjectCheck = {
  id: 'alert-silent',
  severity: 'warning',
  profile: 'strict',
  summary:
    'an Alert should be about objects that are there, and use a Provider that is not suspended',
  why: "An event source without a namespace means that of the Alert, and '*' all objects in there. An Alert about releases in flux-system never hears of those in other namespaces.",
  remedy: 'put an Alert and its Provider into the namespace of the objects that it is about',
  links: ['https://fluxcd.io/flux/components/notification/alerts/#event-sources'],
  types: ['notification.toolkit.fluxcd.io/Alert'],
  needs: 'cluster',
  bad: ALERT.replace('kind: GitRepository', 'kind: HelmRepository'),
  good: ALERT,
  *examine({ manifest }, cluster) {
    const { namespace } = manifest.metadata;
    if (manifest.spec?.suspend === true) {
      return;
    }
    const name = textAt(manifest, 'spec', 'providerRef', 'name');
    const provider = cluster.find('notification.toolkit.fluxcd.io/Provider', namespace, name);
    if (provider?.manifest.spec?.suspend === true) {
      yield {
        message: `uses Provider '${name}', which is suspended`,
        pointer: '/spec/providerRef',
      };
    }
    const sources = itemsAt(manifest, 'spec', 'eventSources').map(({ value }) => ({
      kind: textAt(value, 'kind') ?? '',
      within: textAt(value, 'namespace') || namespace,
    }));
    if (sources.length > 0 && sources.every(({ kind, within }) => hasNone(cluster, kind, within))) {
      const named = [...new Set(sources.map(({ kind, within }) => `${kind} in '${within}'`))];
      yield {
        message: `should be about objects that are there, but there is no ${named.join(' and no ')}`,
        pointer: '/spec/eventSources',
      };
    }
  },
};

/** Whether a namespace holds no object of a kind, as far as anybody can tell. */
function hasNone(cluster: ClusterView, kind: string, namespace: unknown): boolean {
  const isMade = MADE.includes(kind) || (namespace === FLUX_NAMESPACE && ROOTS.includes(kind));
  const isKnown =
    typeof namespace === 'string' && !isOpaque(namespace) && !isOpaque(kind) && kind !== '';
  return (
    isKnown &&
    !isMade &&
    !cluster.mayHoldMore(namespace) &&
    !cluster.once(kindsOfNamespaces).has(`${namespace}/${kind}`)
  );
}

function kindsOfNamespaces(cluster: ClusterView): ReadonlySet<string> {
  return new Set(
    cluster.objects.map(({ manifest }) => `${manifest.metadata.namespace}/${manifest.kind}`),
  );
}
