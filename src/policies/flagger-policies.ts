import { CONFIGURATION_ANNOTATION, DNS_ANNOTATION } from '../vocabulary/host-pattern';
import {
  GATEWAY_LISTED,
  HOST_LISTED,
  isHostListed,
  isIstioGatewayListed,
  isLabel,
  isOfService,
  isParentListed,
  TRAFFIC,
} from './traffic-policies';
import { TenancyPolicy, TenancyRule, unlessUnchanged } from './tenancy-policy';

/** A webhook of Flagger in the namespace of the canary. */
const WEBHOOK =
  "w.url.matches('^https?://[a-z0-9-]+[.]' + object.metadata.namespace + '[.]svc([.]cluster[.]local)?(:[0-9]+)?(/[^@]*)?$')";

/** Annotations that Flagger writes to what it makes: Services, and a VirtualService that no policy judges. */
function annotationsOf(part: string): TenancyRule[] {
  const annotations = `object.spec.service.${part}.annotations`;
  const each = (expression: string) =>
    unlessUnchanged(
      `!variables.served || !has(object.spec.service.${part}) || !has(${annotations}) || ` +
        `${annotations}.all(k, ${expression})`,
    );
  return [
    {
      expression: each(
        `!k.matches('${DNS_ANNOTATION}') || ${annotations}[k].split(',').all(h, ${isHostListed('h')})`,
      ),
      message: `spec.service.${part}.annotations of external-dns.alpha.kubernetes.io must name hosts that are each ${HOST_LISTED}`,
    },
    {
      expression: each(`!k.matches('${CONFIGURATION_ANNOTATION}')`),
      message: `spec.service.${part}.annotations must not hold configuration of an ingress controller, which all share`,
    },
  ];
}

export const CANARIES: TenancyPolicy = {
  name: 'flux-tenants-canaries',
  scopes: [{ group: 'flagger.app', resources: ['canaries'] }],
  variables: {
    ...TRAFFIC,
    analyzed: 'has(object.spec) && has(object.spec.analysis)',
    served: 'has(object.spec) && has(object.spec.service)',
    apex:
      "!variables.served ? '' : has(object.spec.service.name) && object.spec.service.name != '' ? " +
      'object.spec.service.name : object.spec.targetRef.name',
  },
  rules: [
    {
      expression: unlessUnchanged('variables.analyzed'),
      message: 'spec.analysis must be there: without it, one Canary stops Flagger for all',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.metrics) || object.spec.analysis.metrics.all(m, ' +
          '!has(m.templateRef) || !has(m.templateRef.namespace) || m.templateRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.analysis.metrics must not use templates of another namespace',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.metrics) || ' +
          "object.spec.analysis.metrics.all(m, !has(m.query) || m.query == '')",
      ),
      message:
        'spec.analysis.metrics must not have queries: the Prometheus of the platform would answer them, and events tell what; ' +
        'use a MetricTemplate',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.alerts) || object.spec.analysis.alerts.all(a, ' +
          '!has(a.providerRef) || !has(a.providerRef.namespace) || a.providerRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.analysis.alerts must not use providers of another namespace',
    },
    {
      expression: unlessUnchanged(
        `!variables.analyzed || !has(object.spec.analysis.webhooks) || object.spec.analysis.webhooks.all(w, ${WEBHOOK})`,
      ),
      message:
        "spec.analysis.webhooks must be at a Service of the namespace, named with it and 'svc'",
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.upstreamRef) || !has(object.spec.upstreamRef.namespace) || ' +
          'object.spec.upstreamRef.namespace == object.metadata.namespace',
      ),
      message: 'spec.upstreamRef must not name another namespace',
    },
    {
      expression: unlessUnchanged(
        '!variables.analyzed || !has(object.spec.analysis.webhooks) || ' +
          'object.spec.analysis.webhooks.all(w, !has(w.disableTLS) || !w.disableTLS)',
      ),
      message:
        'spec.analysis.webhooks must not have disableTLS: whoever is on the way could answer',
    },
    {
      expression: unlessUnchanged(
        `!variables.served || ${isLabel('variables.apex')} || ${isHostListed('variables.apex')}`,
      ),
      message:
        'spec.service.name, or that of the target, must have no dots: Istio takes it for a host, and one with dots for that of anybody',
    },
    {
      expression: unlessUnchanged(
        '!variables.served || !has(object.spec.service.hosts) || ' +
          `object.spec.service.hosts.all(h, h == variables.apex || ${isHostListed('h')})`,
      ),
      message: `spec.service.hosts must be the name of the Service, or each ${HOST_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        `!variables.served || !has(object.spec.service.gateways) || object.spec.service.gateways.all(g, ${isIstioGatewayListed('g')})`,
      ),
      message: `spec.service.gateways must be ${GATEWAY_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        '!variables.served || !has(object.spec.service.match) || object.spec.service.match.all(m, ' +
          `!has(m.gateways) || m.gateways.all(g, ${isIstioGatewayListed('g')}))`,
      ),
      message: `gateways in spec.service.match must be ${GATEWAY_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        `!variables.served || !has(object.spec.service.gatewayRefs) || object.spec.service.gatewayRefs.all(r, ${isParentListed('r')})`,
      ),
      message: `spec.service.gatewayRefs must be ${GATEWAY_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        '!variables.served || !has(object.spec.service.gatewayRefs) || ' +
          '(has(object.spec.service.hosts) && size(object.spec.service.hosts) > 0) || ' +
          `object.spec.service.gatewayRefs.all(r, ${isOfService('r')})`,
      ),
      message:
        'spec.service.hosts must not be empty with spec.service.gatewayRefs: a route that has none takes those of all',
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec) || !has(object.spec.service) || !has(object.spec.service.mirror) || ' +
          'object.spec.service.mirror.all(m, !has(m.backendRef) || !has(m.backendRef.namespace) || ' +
          'm.backendRef.namespace == object.metadata.namespace)',
      ),
      message: 'spec.service.mirror must not name another namespace',
    },
    {
      expression: unlessUnchanged('!has(object.spec) || !has(object.spec.metricsServer)'),
      message: 'spec.metricsServer must not be set: Flagger asks the one of the platform',
    },
    ...['apex', 'primary', 'canary'].flatMap(annotationsOf),
  ],
};
