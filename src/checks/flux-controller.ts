import { APPLIERS, Component, COMPONENTS } from '../vocabulary/flux-controllers';
import { addTo } from '../vocabulary/grouped';

/** The kinds that tell what applies objects what, each as `group/Kind`. */
export const APPLIER_TYPES = [
  'kustomize.toolkit.fluxcd.io/Kustomization',
  'helm.toolkit.fluxcd.io/HelmRelease',
] as const;

/** The kinds that fetch from an address, each as `group/Kind`. */
export const FETCHER_TYPES = [
  'image.toolkit.fluxcd.io/ImageRepository',
  'source.toolkit.fluxcd.io/Bucket',
  'source.toolkit.fluxcd.io/GitRepository',
  'source.toolkit.fluxcd.io/HelmRepository',
  'source.toolkit.fluxcd.io/OCIRepository',
] as const;

/** The component that serves each kind of Flux, by `group/Kind`; without it, the kind is unknown to the API server. */
export const COMPONENT_OF: ReadonlyMap<string, Component> = new Map([
  ['helm.toolkit.fluxcd.io/HelmRelease', 'helm-controller'],
  ['image.toolkit.fluxcd.io/ImagePolicy', 'image-reflector-controller'],
  ['image.toolkit.fluxcd.io/ImageRepository', 'image-reflector-controller'],
  ['image.toolkit.fluxcd.io/ImageUpdateAutomation', 'image-automation-controller'],
  ['kustomize.toolkit.fluxcd.io/Kustomization', 'kustomize-controller'],
  ['notification.toolkit.fluxcd.io/Alert', 'notification-controller'],
  ['notification.toolkit.fluxcd.io/Provider', 'notification-controller'],
  ['notification.toolkit.fluxcd.io/Receiver', 'notification-controller'],
  ['source.extensions.fluxcd.io/ArtifactGenerator', 'source-watcher'],
  ['source.toolkit.fluxcd.io/Bucket', 'source-controller'],
  ['source.toolkit.fluxcd.io/GitRepository', 'source-controller'],
  ['source.toolkit.fluxcd.io/HelmChart', 'source-controller'],
  ['source.toolkit.fluxcd.io/HelmRepository', 'source-controller'],
  ['source.toolkit.fluxcd.io/OCIRepository', 'source-controller'],
]);

const KUSTOMIZE: readonly Component[] = ['kustomize-controller'];

/** Flags that not all controllers know, and those that do. */
export const FLAG_KNOWN_BY: { readonly [flag: string]: readonly Component[] } = {
  '--custom-apply-stage-kinds': KUSTOMIZE,
  '--default-decryption-service-account': KUSTOMIZE,
  '--default-kubeconfig-service-account': APPLIERS,
  '--default-service-account': COMPONENTS.filter((one) => one !== 'source-watcher'),
  '--insecure-kubeconfig-exec': APPLIERS,
  '--insecure-kubeconfig-tls': APPLIERS,
  '--no-cross-namespace-refs': COMPONENTS.filter((one) => one !== 'source-controller'),
  '--no-remote-bases': KUSTOMIZE,
  '--override-manager': APPLIERS,
  '--sops-age-secret': KUSTOMIZE,
  '--sops-vault-configmap': KUSTOMIZE,
};

/** What Go takes for true. */
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];

/** A controller of Flux as a cluster runs it. */
export class FluxController {
  /** Values of each flag in their order; empty where it has none. */
  private readonly flags = new Map<string, string[]>();

  public constructor(
    public readonly component: Component,
    /** Name of its Deployment: another than the component's where it is a shard's. */
    public readonly name: string,
    args: readonly string[],
  ) {
    args.forEach((arg, i) => {
      const [, flag, value] = /^(--[^=]+)(?:=([^]*))?$/.exec(arg) ?? [];
      if (flag !== undefined) {
        const next = args[i + 1]?.startsWith('-') ? '' : args[i + 1];
        addTo(this.flags, flag, value ?? next ?? '');
      }
    });
  }

  public has(flag: string): boolean {
    return this.flags.has(flag);
  }

  /** The value of a flag such as `--default-service-account`, of which the last one counts; empty where there is none. */
  public valueOf(flag: string): string {
    return this.flags.get(flag)?.slice(-1)[0] ?? '';
  }

  /** Whether a flag that is true or false is true, as it is without a value. */
  public isOn(flag: string): boolean {
    return this.has(flag) && ['', ...TRUE].includes(this.valueOf(flag));
  }

  /** Whether a feature gate is on. Each `--feature-gates` adds to those before. */
  public hasGate(gate: string, isDefault = false): boolean {
    const values = (this.flags.get('--feature-gates') ?? [])
      .flatMap((list) => list.split(','))
      .map((one) => one.trim().split('='))
      .filter(([name]) => name === gate)
      .map(([, value]) => value);
    return values.length === 0 ? isDefault : TRUE.includes(values.pop() ?? '');
  }
}
