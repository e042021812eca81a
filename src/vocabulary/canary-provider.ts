import { CanaryTraits } from './canary-rollout';
import {
  BlueGreenProvider,
  GatewayApiProvider,
  IstioProvider,
  MatchingProvider,
  SteppedProvider,
} from './canary-strategies';
import { TEXT, listOf, oneOf, optional, requireProps } from './form';
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

/** Versions of the Gateway API that Flagger writes. */
export enum GatewayApiVersion {
  V1 = 'v1',
  V1BETA1 = 'v1beta1',
}

/** The Gateways through which requests come. */
export interface GatewayApiOptions {
  /** Host names that requests are for, at least one; `*.` before one means all below it. */
  readonly hosts: string[];
  /** Gateways that the HTTPRoute is attached to, at least one: `<namespace>/<name>`, or the name alone of one in the canary's namespace. */
  readonly gateways: string[];
  /**
   * Version of the HTTPRoute that Flagger makes.
   *
   * @default GatewayApiVersion.V1
   */
  readonly version?: GatewayApiVersion;
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

const BOTH: CanaryTraits['metrics'] = ['request-success-rate', 'request-duration'];

/**
 * What moves the traffic of a canary. Each provider has the strategies that it can do:
 *
 * | provider   | linear, stepWeights | blueGreen | abTest | mirrored          | sticky | measures         |
 * | ---------- | ------------------- | --------- | ------ | ----------------- | ------ | ---------------- |
 * | istio      | yes                 | yes       | yes    | yes               | yes    | success, latency |
 * | gatewayApi | yes                 | yes       | yes    | blueGreen         | yes    | -                |
 * | nginx      | yes                 | yes       | yes    | -                 | -      | success          |
 * | contour    | yes                 | yes       | yes    | -                 | -      | success, latency |
 * | linkerd    | yes                 | yes       | -      | -                 | -      | success, latency |
 * | traefik    | yes                 | yes       | -      | -                 | -      | success, latency |
 * | kubernetes | -                   | yes       | -      | -                 | -      | what the app does |
 *
 * @see https://github.com/fluxcd/flagger#features
 */
export class CanaryProvider {
  /**
   * Istio: its sidecars are asked for, and measure success and latency. Under the Pod Security Standard `restricted`
   * they need Istio's CNI plugin, and to reach the control plane `egressToNamespaces: ['istio-system']`.
   *
   * Throws when a host or gateway is none.
   */
  public static istio(options: IstioOptions = {}): IstioProvider {
    requireProps('Istio provider', options, {
      hosts: optional(listOf(TEXT)),
      gateways: optional(listOf(TEXT)),
    });
    const { hosts, gateways } = options;
    return IstioProvider._istio({
      name: 'istio',
      metrics: BOTH,
      podLabels: { 'sidecar.istio.io/inject': 'true' },
      hosts: hosts?.map((host) => requireHostPattern('host', host)),
      gateways: gateways?.map(requireLocalGateway),
      service: { ...(hosts && { hosts }), ...(gateways && { gateways }) },
    });
  }

  /**
   * Linkerd: its proxies are asked for, and measure success and latency. Under the Pod Security Standard `restricted`
   * they need Linkerd's CNI plugin, and to reach the control plane `egressToNamespaces: ['linkerd']`.
   */
  public static linkerd(): SteppedProvider {
    return SteppedProvider._stepped({
      name: 'linkerd',
      metrics: BOTH,
      podAnnotations: { 'linkerd.io/inject': 'enabled' },
    });
  }

  /**
   * The Gateway API: Flagger makes an HTTPRoute. What Gateways measure differs, so that the app needs metrics of its own.
   *
   * Throws when there is no host or gateway, or one is none.
   */
  public static gatewayApi(options: GatewayApiOptions): GatewayApiProvider {
    requireProps('Gateway API provider', options, {
      hosts: listOf(TEXT),
      gateways: listOf(TEXT),
      version: optional(oneOf(GatewayApiVersion)),
    });
    const { hosts, gateways, version = GatewayApiVersion.V1 } = options;
    if (hosts.length === 0) {
      throw new Error(
        'Gateway API provider must have a host: a route that has none takes those of all',
      );
    }
    if (gateways.length === 0) {
      throw new Error('Gateway API provider must have a gateway');
    }
    return GatewayApiProvider._gatewayApi({
      name: `gatewayapi:${version}`,
      metrics: [],
      hosts: hosts.map((host) => requireHostPattern('host', host)),
      gateways: gateways.map(requireLocalGateway),
      service: { gatewayRefs: gateways.map(gatewayRef), hosts },
    });
  }

  /** The NGINX ingress controller: an Ingress is made for the app, and the controller measures success. */
  public static nginx(options: NginxOptions): MatchingProvider {
    requireProps('NGINX provider', options, { host: TEXT, ingressClass: optional(TEXT) });
    const traits: CanaryTraits = {
      name: 'nginx',
      metrics: ['request-success-rate'],
      hosts: [requireHostPattern('host', options.host)],
      ingressClass: requireObjectName('ingress class', options.ingressClass ?? 'nginx'),
    };
    return MatchingProvider._matching(traits, 'nginx');
  }

  /**
   * Contour: Flagger makes an HTTPProxy without a host, named as the app. The platform includes it in an HTTPProxy of its own, which says
   * for which host.
   *
   * @see https://projectcontour.io/docs/main/config/inclusion-delegation/
   */
  public static contour(): MatchingProvider {
    return MatchingProvider._matching({ name: 'contour', metrics: BOTH }, 'contour');
  }

  /**
   * Traefik: Flagger makes a TraefikService, named as the app. The platform leads to it by an IngressRoute of its own, which says
   * for which host.
   *
   * @see https://docs.flagger.app/tutorials/traefik-progressive-delivery
   */
  public static traefik(): SteppedProvider {
    return SteppedProvider._stepped({ name: 'traefik', metrics: BOTH });
  }

  /**
   * Plain Kubernetes, which can only move all traffic at once. The app itself must export `http_request_duration_seconds` to
   * Prometheus.
   */
  public static kubernetes(): BlueGreenProvider {
    return BlueGreenProvider._blueGreen({ name: 'kubernetes', metrics: BOTH });
  }

  private constructor() {}
}

/** A name with dots would be one of another namespace, to Istio. */
function requireLocalGateway(gateway: string): string {
  return isDnsLabel(gateway) ? gateway : requireGateway('gateway', gateway);
}

function gatewayRef(gateway: string): Record<string, string> {
  const [name, namespace] = gateway.split('/').reverse();
  return {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name,
    ...(namespace !== undefined && { namespace }),
  };
}
