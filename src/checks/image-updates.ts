import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { directoryIn } from '../clusters/cluster-roots';
import { ClusterView } from '../clusters/cluster-view';
import { isSelected } from '../inventory/label-selector';
import { SourceRepository } from '../inventory/source-file';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { gitPlace } from '../vocabulary/url';
import { mapAt, textAt, valueAt } from './manifest-fields';
import { isWithin } from '../vocabulary/relative-path';
import { addTo } from '../vocabulary/grouped';

/** An ImageUpdateAutomation, and where it looks for setter markers. */
export interface ImageUpdate {
  readonly automation: AppliedObject;
  /** The GitRepository that it pushes to. @default - it is not known */
  readonly git?: AppliedObject;
  /** What that fetches. @default - none of the repositories that are known */
  readonly repository?: SourceRepository;
  /** Directory in which it looks, where '' is all of the repository. */
  readonly path: string;
  /** @default - Flux's default branch, or it is not known */
  readonly checkedOut?: string;
  /** @default - none can be told */
  readonly pushed?: string;
}

const AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
const GIT = 'source.toolkit.fluxcd.io/GitRepository';

/** What a GitRepository fetches. */
interface Fetched {
  readonly repository: SourceRepository;
  /** @default - it is not known */
  readonly branch?: string;
}

/** The image automations of a cluster. */
export function imageUpdatesOf(view: ClusterView): readonly ImageUpdate[] {
  return view.once(allUpdates);
}

/** What one ImageUpdateAutomation of a cluster updates. */
export function imageUpdateOf(view: ClusterView, automation: AppliedObject): ImageUpdate {
  return view.once(updatesByManifest).get(automation.manifest) ?? updateOf(view, automation);
}

/** The image automations in a namespace of a cluster, which are all that look at its policies. */
export function imageUpdatesIn(view: ClusterView, namespace: string): readonly ImageUpdate[] {
  return view.once(updatesByNamespace).get(namespace) ?? [];
}

/** Whether an automation applies a policy of its namespace. */
export function appliesPolicy({ automation }: ImageUpdate, policy: any): boolean {
  const selector = valueAt(automation.manifest, 'spec', 'policySelector') ?? {};
  return isSelected(selector, mapAt(policy, 'metadata', 'labels'));
}

/** Whether it looks at a file of its repository. */
export function looksAt({ path }: ImageUpdate, file: string): boolean {
  return isWithin(file, path);
}

function updatesByNamespace(view: ClusterView): ReadonlyMap<string, readonly ImageUpdate[]> {
  const found = new Map<string, ImageUpdate[]>();
  for (const update of imageUpdatesOf(view)) {
    const namespace = String(update.automation.manifest.metadata.namespace);
    addTo(found, namespace, update);
  }
  return found;
}

function allUpdates(view: ClusterView): readonly ImageUpdate[] {
  return [...view.once(updatesByManifest).values()];
}

function updatesByManifest(view: ClusterView): ReadonlyMap<unknown, ImageUpdate> {
  return new Map(
    view.ofType(AUTOMATION).map((automation) => [automation.manifest, updateOf(view, automation)]),
  );
}

function updateOf(view: ClusterView, automation: AppliedObject): ImageUpdate {
  const { manifest } = automation;
  const reference = mapAt(manifest, 'spec', 'sourceRef');
  const namespace = textAt(reference, 'namespace') || manifest.metadata.namespace;
  const name = textAt(reference, 'name');
  const git = view.find(GIT, namespace, name);
  const ref =
    valueAt(manifest, 'spec', 'git', 'checkout') === undefined
      ? mapAt(git?.manifest, 'spec', 'ref')
      : mapAt(manifest, 'spec', 'git', 'checkout', 'ref');
  const checkedOut = textAt(ref, 'branch') || undefined;
  const fetched = fetchedBy(view, `${namespace}/${name}`, git);
  const isOther = fetched?.branch !== undefined && fetched.branch !== (checkedOut ?? 'master');
  const path = textAt(manifest, 'spec', 'update', 'path') ?? '';
  const isKnown = git !== undefined && !isOther && !isOpaque(path) && !isOpaque(checkedOut);
  return {
    automation,
    git,
    repository: isKnown ? fetched?.repository : undefined,
    path: directoryIn(path),
    checkedOut,
    pushed: textAt(manifest, 'spec', 'git', 'push', 'branch') || checkedOut,
  };
}

function fetchedBy(
  view: ClusterView,
  key: string,
  git: AppliedObject | undefined,
): Fetched | undefined {
  const { byKey, byPlace } = view.once(fetchedRepositories);
  const url = textAt(git?.manifest, 'spec', 'url');
  return byKey.get(key) ?? (url === undefined ? undefined : byPlace.get(gitPlace(url)));
}

interface FetchedRepositories {
  /** By `namespace/name` of the GitRepository. */
  readonly byKey: ReadonlyMap<string, Fetched>;
  readonly byPlace: ReadonlyMap<string, Fetched>;
}

/** What the sources of a cluster fetch, as far as objects show that something was applied from them. */
function fetchedRepositories(view: ClusterView): FetchedRepositories {
  const byKey = new Map<string, Fetched>();
  const byPlace = new Map<string, Fetched>();
  const enter = (key: string, repository: SourceRepository) => {
    if (!byKey.has(key)) {
      const [namespace, name] = key.split('/');
      const git = view.find(GIT, namespace, name)?.manifest;
      const branch = textAt(git, 'spec', 'ref', 'branch');
      const url = textAt(git, 'spec', 'url');
      byKey.set(key, { repository, branch });
      if (url !== undefined && !byPlace.has(gitPlace(url))) {
        byPlace.set(gitPlace(url), { repository, branch });
      }
    }
  };
  if (view.isCluster) {
    rootSources(view).forEach((key) => enter(key, view.repository));
  }
  for (const { repository, sync } of view.objects) {
    const key = sync && sourceKey(sync.manifest);
    if (key !== undefined) {
      enter(key, repository);
    }
    if (repository.place !== undefined && !byPlace.has(repository.place)) {
      byPlace.set(repository.place, { repository });
    }
  }
  return { byKey, byPlace };
}

/** What a cluster's own directory is fetched by: as its root says, or else as `flux bootstrap` calls it. */
function rootSources(view: ClusterView): readonly string[] {
  const keys = view
    .ofType('kustomize.toolkit.fluxcd.io/Kustomization')
    .filter(({ sync, manifest }) => !sync && directoryIn(manifest.spec?.path) === view.path)
    .flatMap(({ manifest }) => sourceKey(manifest) ?? []);
  return keys.length > 0 ? keys : [`${FLUX_NAMESPACE}/${FLUX_NAMESPACE}`];
}

/** `namespace/name` of the GitRepository that a sync applies. */
function sourceKey(sync: any): string | undefined {
  const reference = mapAt(sync, 'spec', 'sourceRef');
  const namespace = textAt(reference, 'namespace') || sync.metadata.namespace;
  return reference.kind === 'GitRepository' ? `${namespace}/${reference.name}` : undefined;
}
