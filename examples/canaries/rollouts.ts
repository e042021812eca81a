import { Duration } from 'cdk8s';
import { CanaryProvider, CanaryRollout, GatewayApiVersion, RequestMatch } from '../../src';

const CHECKS = { interval: Duration.minutes(1), threshold: 5 };
export const LINEAR = { ...CHECKS, stepWeight: 10 };
const WEIGHTS = { ...CHECKS, weights: [1, 5, 20, 50] };
export const BLUE_GREEN = { ...CHECKS, iterations: 10 };
const INSIDERS = { ...BLUE_GREEN, match: RequestMatch.header('X-Canary', 'insider') };
const COOKIE = { cookieName: 'shop-version', maxAge: Duration.hours(6) };

const hosts = (app: string) => [`${app}.acme.example`];
const istio = (app: string) =>
  CanaryProvider.istio({ hosts: hosts(app), gateways: ['istio-ingress/public'] });
const gateway = (app: string, version?: GatewayApiVersion) =>
  CanaryProvider.gatewayApi({ hosts: hosts(app), gateways: ['gateways/public'], version });
const nginx = (app: string) => CanaryProvider.nginx({ host: hosts(app)[0] });
const linkerd = CanaryProvider.linkerd;
const contour = CanaryProvider.contour;
const traefik = CanaryProvider.traefik;

/** Every strategy of every provider, by the name of an app that has it. */
export const ROLLOUTS: { readonly [app: string]: (app: string) => CanaryRollout } = {
  'istio-linear': (app) => istio(app).linear(LINEAR),
  'istio-step-weights': (app) => istio(app).stepWeights(WEIGHTS),
  'istio-blue-green': (app) => istio(app).blueGreen(BLUE_GREEN),
  'istio-ab-test': (app) => istio(app).abTest(INSIDERS),
  'istio-mirrored-linear': (app) => istio(app).mirrored(50).linear(LINEAR),
  'istio-mirrored-step-weights': (app) => istio(app).mirrored().stepWeights(WEIGHTS),
  'istio-mirrored-blue-green': (app) => istio(app).mirrored().blueGreen(BLUE_GREEN),
  'istio-sticky-linear': (app) => istio(app).sticky(COOKIE).linear(LINEAR),
  'istio-sticky-step-weights': (app) => istio(app).sticky(COOKIE).stepWeights(WEIGHTS),
  'gateway-linear': (app) => gateway(app).linear(LINEAR),
  'gateway-step-weights': (app) => gateway(app).stepWeights(WEIGHTS),
  'gateway-blue-green': (app) => gateway(app).blueGreen(BLUE_GREEN),
  'gateway-ab-test': (app) => gateway(app).abTest(INSIDERS),
  'gateway-mirrored-blue-green': (app) => gateway(app).mirrored().blueGreen(BLUE_GREEN),
  'gateway-sticky-linear': (app) => gateway(app).sticky(COOKIE).linear(LINEAR),
  'gateway-sticky-step-weights': (app) => gateway(app).sticky(COOKIE).stepWeights(WEIGHTS),
  'gateway-v1beta1-linear': (app) => gateway(app, GatewayApiVersion.V1BETA1).linear(LINEAR),
  'nginx-linear': (app) => nginx(app).linear(LINEAR),
  'nginx-step-weights': (app) => nginx(app).stepWeights(WEIGHTS),
  'nginx-blue-green': (app) => nginx(app).blueGreen(BLUE_GREEN),
  'nginx-ab-test': (app) => nginx(app).abTest(INSIDERS),
  'contour-linear': () => contour().linear(LINEAR),
  'contour-step-weights': () => contour().stepWeights(WEIGHTS),
  'contour-blue-green': () => contour().blueGreen(BLUE_GREEN),
  'contour-ab-test': () => contour().abTest(INSIDERS),
  'linkerd-linear': () => linkerd().linear(LINEAR),
  'linkerd-step-weights': () => linkerd().stepWeights(WEIGHTS),
  'linkerd-blue-green': () => linkerd().blueGreen(BLUE_GREEN),
  'traefik-linear': () => traefik().linear(LINEAR),
  'traefik-step-weights': () => traefik().stepWeights(WEIGHTS),
  'traefik-blue-green': () => traefik().blueGreen(BLUE_GREEN),
  'kubernetes-blue-green': () => CanaryProvider.kubernetes().blueGreen(BLUE_GREEN),
};
