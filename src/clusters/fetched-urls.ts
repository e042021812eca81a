import { FleetView } from './view-clusters';

/** What applies, or writes to, what a source fetches. */
const READERS = [
  'kustomize.toolkit.fluxcd.io/Kustomization',
  'image.toolkit.fluxcd.io/ImageUpdateAutomation',
];

/** URLs of the sources that clusters apply or write to, sorted; not those of their own roots. */
export function fetchedUrls({ clusters }: FleetView): string[] {
  const urls = new Set<string>();
  for (const view of clusters) {
    for (const { manifest } of READERS.flatMap((type) => view.ofType(type))) {
      const {
        kind,
        name,
        namespace = manifest.metadata.namespace,
      } = manifest.spec?.sourceRef ?? {};
      const { source: root } = view;
      const isRoot = kind === root?.kind && name === root?.name && namespace === root?.namespace;
      const source = view.find(`source.toolkit.fluxcd.io/${kind}`, namespace, name);
      const url = source?.manifest.spec?.url;
      if (!isRoot && typeof url === 'string') {
        urls.add(url);
      }
    }
  }
  return [...urls].sort();
}
