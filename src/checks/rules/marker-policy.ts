import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { FleetView } from '../../clusters/view-clusters';
import { SourceRepository } from '../../inventory/source-file';
import { FileCheck } from '../check';
import { titleOf } from '../finding';
import {
  appliesPolicy,
  ImageUpdate,
  imageUpdatesIn,
  imageUpdatesOf,
  looksAt,
} from '../image-updates';
import { IMAGE_UPDATES } from '../image-updates-example';
import { PolicySetter, policySetter } from '../policy-setter';

export const markerPolicy: FileCheck = {
  id: 'marker-policy',
  severity: 'error',
  profile: 'recommended',
  summary: 'every setter marker must be one that an image automation fills',
  why: 'An ImageUpdateAutomation looks at the policies of its own namespace that its policySelector matches, and at the files below update.path. It skips every other marker without an error, so the image stays as it is.',
  remedy:
    "name an ImagePolicy in the automation's namespace that it selects, and keep the file below its update.path; or remove the marker",
  links: [
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#update',
    'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
  ],
  bad: IMAGE_UPDATES.replace('"apps:podinfo"', '"apps:podinfos"').concat(
    '  tag: 6.0.0 # {"$imagepolicy": "apps:podinfo:tag"}\n',
  ),
  good: IMAGE_UPDATES,
  *examineFile({ path, documents }, repository, fleet) {
    for (const { index, markers } of documents) {
      for (const { pointer, setter } of markers) {
        const named = isOpaque(setter) ? undefined : policySetter(setter);
        const problem = named && whyIgnored(named, path, repository, fleet);
        if (problem !== undefined) {
          yield { message: `setter marker '${setter}' ${problem}`, pointer, index };
        }
      }
    }
  },
};

interface PlacedUpdate {
  readonly update: ImageUpdate;
  readonly view: ClusterView;
}

/** Why no automation fills a marker; undefined where one does, or may that is not known. */
function whyIgnored(
  { namespace, name }: PolicySetter,
  path: string,
  repository: SourceRepository,
  fleet: FleetView,
): string | undefined {
  const views = [...fleet.clusters, ...fleet.rest];
  const inNamespace = views.flatMap((view) =>
    imageUpdatesIn(view, namespace).map((update) => ({ update, view })),
  );
  const mayBeMore =
    views.some((view) => view.mayHoldMore(namespace)) ||
    inNamespace.some(({ update }) => update.repository === undefined);
  if (mayBeMore) {
    return undefined;
  }
  const own = inNamespace.filter(({ update }) => update.repository === repository);
  if (own.length === 0) {
    const others = automationsOf(views, repository);
    return others === ''
      ? undefined
      : `must be of a policy in the namespace of an automation that commits here, which is ${others}`;
  }
  const looking = own.filter(({ update }) => looksAt(update, path));
  return looking.length === 0
    ? `must be below '${own[0].update.path}', where ${titlesOf(own)} looks`
    : whyUnapplied(namespace, name, looking);
}

function whyUnapplied(
  namespace: string,
  name: string,
  looking: readonly PlacedUpdate[],
): string | undefined {
  const policies = looking.flatMap(({ update, view }) => {
    const policy = view.find('image.toolkit.fluxcd.io/ImagePolicy', namespace, name)?.manifest;
    return policy === undefined ? [] : [{ update, policy }];
  });
  if (policies.length === 0) {
    return `must be of an ImagePolicy that is there, got '${name}' in namespace '${namespace}'`;
  }
  return policies.some(({ update, policy }) => appliesPolicy(update, policy))
    ? undefined
    : `must be of a policy that the policySelector of ${titlesOf(looking)} matches, got '${name}'`;
}

/** The automations that rewrite a repository, in words; empty where none is known to. */
function automationsOf(views: readonly ClusterView[], repository: SourceRepository): string {
  const own = views.flatMap((view) => imageUpdatesOf(view).map((update) => ({ update, view })));
  return titlesOf(own.filter(({ update }) => update.repository === repository));
}

function titlesOf(updates: readonly PlacedUpdate[]): string {
  const titles = updates.map(({ update }) => titleOf(update.automation.manifest));
  return [...new Set(titles)].join(', ');
}
