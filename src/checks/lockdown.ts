import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { FileProblem } from './check';
import { Component } from '../vocabulary/flux-controllers';
import { FluxController } from './flux-controller';
import { FluxInstallation, fluxInstallation } from './flux-installation';
import { isolatedTenants } from './isolated-tenants';
import { Place } from './place';
import { addTo } from '../vocabulary/grouped';

/**
 * The account as which a controller applies for objects that name none; '' where that is its own, undefined where it is not
 * known.
 */
export function defaultServiceAccount(
  view: ClusterView,
  applier: Component | undefined,
): string | undefined {
  const accounts = asked(view, applier, (one) => one.valueOf('--default-service-account'));
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

/** Whether a controller refuses references into other namespaces; undefined where that is not known. */
export function forbidsCrossNamespace(
  view: ClusterView,
  component: Component,
): boolean | undefined {
  const answers = asked(view, component, (one) => one.isOn('--no-cross-namespace-refs'));
  return answers.size === 0 ? undefined : !answers.has(false);
}

/** Whether kustomize is kept from cloning Git repositories; undefined where that is not known. */
export function forbidsRemoteBases(view: ClusterView): boolean | undefined {
  const answers = asked(view, 'kustomize-controller', (one) => one.isOn('--no-remote-bases'));
  return answers.size === 0 ? undefined : !answers.has(false);
}

/** Whether Flux is told to substitute nothing for a variable that is not set; undefined where that is not known. */
export function allowsUnsetVariables(view: ClusterView): boolean | undefined {
  const answers = asked(view, 'kustomize-controller', (one) =>
    one.hasGate('StrictPostBuildSubstitutions', true),
  );
  return answers.size === 0 ? undefined : answers.has(false);
}

/** A cluster, and how Flux runs on it. */
export interface FluxOnCluster {
  readonly view: ClusterView;
  readonly installation: FluxInstallation;
  /** What to change to make Flux run otherwise on this cluster. */
  readonly place: Place & { readonly cluster: string };
  /** Whether it has tenants that are to be kept apart. */
  readonly hasTenants: boolean;
}

/** The clusters whose Flux is changed in a file; none of those for which kustomize refuses to build it. */
export function fluxChangedIn(
  file: SourceFile,
  repository: SourceRepository,
  fleet: FleetView,
): readonly FluxOnCluster[] {
  const known = changedIn.get(fleet) ?? byFile(fleet);
  changedIn.set(fleet, known);
  return known.get(repository)?.get(file.path) ?? [];
}

/** Tells which controllers, of those that run, are wrong. */
export function* aboutControllers(
  { installation: { controllers }, place }: FluxOnCluster,
  isWrong: (controller: FluxController) => boolean,
  message: (names: string) => string,
): Generator<FileProblem> {
  const names = controllers.filter(isWrong).map(({ name }) => name);
  if (names.length > 0) {
    yield { message: message([...names].sort().join(', ')), ...place };
  }
}

/** The same of the clusters with tenants whose Flux is changed in a file. */
export function* besideTenants(
  changed: Parameters<typeof fluxChangedIn>,
  isWrong: (controller: FluxController) => boolean,
  message: (names: string) => string,
): Generator<FileProblem> {
  for (const flux of fluxChangedIn(...changed).filter(({ hasTenants }) => hasTenants)) {
    yield* aboutControllers(flux, isWrong, message);
  }
}

const changedIn = new WeakMap<FleetView, ReturnType<typeof byFile>>();

function byFile(fleet: FleetView): Map<SourceRepository, Map<string, FluxOnCluster[]>> {
  const found = new Map(
    fleet.repositories.map((one) => [one, new Map<string, FluxOnCluster[]>()] as const),
  );
  for (const view of fleet.clusters.filter(({ isCluster }) => isCluster)) {
    const installation = fluxInstallation(view);
    const { repository, path } = installation?.place ?? {};
    const files = repository && found.get(repository);
    if (installation && files && !fleet.errors.get(repository)?.has(path!)) {
      const hasTenants = view.once(isolatedTenants).names.size > 0;
      const place = { ...installation.place, cluster: view.name };
      addTo(files, path!, { view, installation, place, hasTenants });
    }
  }
  return found;
}

function asked<T>(
  view: ClusterView,
  component: Component | undefined,
  question: (controller: FluxController) => T,
): Set<T> {
  const { controllers = [] } = fluxInstallation(view) ?? {};
  return new Set(controllers.filter((one) => one.component === component).map(question));
}
