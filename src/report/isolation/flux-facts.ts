import { Component } from '../../vocabulary/flux-controllers';
import { FLAG_KNOWN_BY, FluxController } from '../../checks/flux-controller';
import { fluxInstallation } from '../../checks/flux-installation';
import { PlaceLines } from '../../checks/place';
import { ClusterView } from '../../clusters/cluster-view';

/** Flags of Flux's controllers that keep tenants apart, and whether each is one that is true or false. */
export const TENANCY_FLAGS: readonly (readonly [flag: string, isSwitch: boolean])[] = [
  ['--no-cross-namespace-refs', true],
  ['--no-remote-bases', true],
  ['--default-service-account', false],
  ['--default-decryption-service-account', false],
  ['--default-kubeconfig-service-account', false],
];

/** How Flux runs on a cluster, as far as it keeps tenants apart. */
export interface FluxFacts {
  readonly repository: string;
  /** The file to change to make it run otherwise. */
  readonly path: string;
  readonly line: number | null;
  /** Whether no other controllers run. */
  readonly isComplete: boolean;
  readonly controllers: readonly ControllerFacts[];
}

export interface ControllerFacts {
  /** Name of its Deployment. */
  readonly name: string;
  readonly component: Component;
  /** Those that it knows. */
  readonly flags: readonly FlagFacts[];
}

export interface FlagFacts {
  readonly flag: string;
  /** `true`, `false` or the name of an account; null where it is not given. */
  readonly value: string | null;
}

/** How Flux runs on a cluster; null where that is not known. */
export function fluxFacts(view: ClusterView): FluxFacts | null {
  const installation = view.isCluster ? fluxInstallation(view) : undefined;
  if (!installation) {
    return null;
  }
  const { controllers, isComplete, place } = installation;
  return {
    repository: place.repository.name,
    path: place.path,
    line: new PlaceLines().of(place) ?? null,
    isComplete,
    controllers: controllers.map(controllerFacts).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function controllerFacts(controller: FluxController): ControllerFacts {
  const { name, component } = controller;
  const flags = TENANCY_FLAGS.filter(([flag]) => FLAG_KNOWN_BY[flag].includes(component));
  return {
    name,
    component,
    flags: flags.map(([flag, isSwitch]) => ({
      flag,
      value: isSwitch ? switched(controller, flag) : controller.valueOf(flag) || null,
    })),
  };
}

function switched(controller: FluxController, flag: string): string | null {
  return controller.has(flag) ? String(controller.isOn(flag)) : null;
}
