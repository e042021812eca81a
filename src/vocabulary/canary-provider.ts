import { TEXT, listOf, optional, requireProps } from './form';
import { requireGateway } from './gateway-name';
import { requireHostPattern } from './host-pattern';
import { isDnsLabel, requireObjectName } from './names';

/** The hosts that a canary answers for. */
export interface IstioOptions {
  /**
   * Host names, when requests come from outside the mesh; `*.` before one means all below it.
   *
   * @default - only from inside the mesh
   */
  readonly hosts?: string[];
  /**
   * Istio gateways through which they come: `<namespace>/<name>`, the name alone of one in the canary's namespace, or `mesh`.
   *
   * @default - only from inside the mesh
   */
  readonly gateways?: string[];
}

/** The Ingress through which requests come. */
export interface NginxOptions {
  /** Host name that requests are for. */
  readonly host: string;
  /**
   * Class of the ingress controller.
   *
   * @default 'nginx'
   */
  readonly ingressClass?: string;
}

/**
 * What moves the traffic of a canary.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export class CanaryProvider {
  /**
   * Istio: its sidecars are asked for, and measure success and latency. Under the Pod Security Standard `restricted`
   * they need Istio's CNI plugin, and to reach the control plane `egressToNamespaces: ['istio-system']`.
   */
  public static istio(options: IstioOptions = {}): CanaryProvider {
    requireProps('Istio provider', options, {
      hosts: optional(listOf(TEXT)),
      gateways: optional(listOf(TEXT)),
    });
    return new CanaryProvider({
      name: 'istio',
      shiftsTraffic: true,
      metrics: ['request-success-rate', 'request-duration'],
      podLabels: { 'sidecar.istio.io/inject': 'true' },
      service: {
        ...(options.hosts && {
          hosts: options.hosts.map((host) => requireHostPattern('host', host)),
        }),
        ...(options.gateways && { gateways: options.gateways.map(requireIstioGateway) }),
      },
    });
  }

  /**
   * Linkerd: its proxies are asked for, and measure success and latency. Under the Pod Security Standard `restricted`
   * they need Linkerd's CNI plugin, and to reach the control plane `egressToNamespaces: ['linkerd']`.
   */
  public static linkerd(): CanaryProvider {
    return new CanaryProvider({
      name: 'linkerd',
      shiftsTraffic: true,
      metrics: ['request-success-rate', 'request-duration'],
      podAnnotations: { 'linkerd.io/inject': 'enabled' },
    });
  }

  /** The NGINX ingress controller: an Ingress is made for the app, and the controller measures success. */
  public static nginx(options: NginxOptions): CanaryProvider {
    requireProps('NGINX provider', options, { host: TEXT, ingressClass: optional(TEXT) });
    return new CanaryProvider({
      name: 'nginx',
      shiftsTraffic: true,
      metrics: ['request-success-rate'],
      ingress: {
        host: requireHostPattern('host', options.host),
        className: requireObjectName('ingress class', options.ingressClass ?? 'nginx'),
      },
    });
  }

  /**
   * Plain Kubernetes, which can only move all traffic at once: for `CanaryAnalysis.blueGreen`. The app itself must
   * export `http_request_duration_seconds` to Prometheus.
   */
  public static kubernetes(): CanaryProvider {
    return new CanaryProvider({
      name: 'kubernetes',
      shiftsTraffic: false,
      metrics: ['request-success-rate', 'request-duration'],
    });
  }

  private constructor(
    /** @internal */
    readonly _traits: CanaryProviderTraits,
  ) {}
}

/** What a provider can do and needs. */
export interface CanaryProviderTraits {
  readonly name: 'istio' | 'linkerd' | 'nginx' | 'kubernetes';
  readonly shiftsTraffic: boolean;
  readonly metrics: ('request-success-rate' | 'request-duration')[];
  readonly podLabels?: Record<string, string>;
  readonly podAnnotations?: Record<string, string>;
  readonly service?: { readonly hosts?: string[]; readonly gateways?: string[] };
  readonly ingress?: { readonly host: string; readonly className: string };
}

/** Istio reads a name with dots as one of another namespace. */
function requireIstioGateway(gateway: string): string {
  return isDnsLabel(gateway) ? gateway : requireGateway('gateway', gateway);
}
