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
    for (const reader of READERS.flatMap((type) => view.ofType(type))) {
      const { isRoots, object } = view.sourceOf(reader);
      const url = object?.manifest.spec?.url;
      if (!isRoots && typeof url === 'string') {
        urls.add(url);
      }
    }
  }
  return [...urls].sort();
}
