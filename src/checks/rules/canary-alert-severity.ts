import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const ALERTS = `    alerts:
      - name: on-call
        severity: error
        providerRef:
          name: on-call
`;
const PROVIDER = `---
apiVersion: flagger.app/v1beta1
kind: AlertProvider
metadata:
  name: on-call
  namespace: apps
spec:
  type: slack
  secretRef:
    name: on-call-url
`;

export const canaryAlertSeverity: ObjectCheck = {
  id: 'canary-alert-severity',
  severity: 'error',
  profile: 'recommended',
  summary: 'every alert of a Canary must have a severity',
  why: 'Flagger compares the severity of an alert with that of the event and knows no default, so an alert without one is never sent.',
  remedy: "set severity to 'info', 'warn' or 'error'",
  links: ['https://docs.flagger.app/usage/alerting'],
  types: [CANARY_TYPE],
  needs: 'object',
  bad: CANARY_EXAMPLE + ALERTS.replace('        severity: error\n', '') + PROVIDER,
  good: CANARY_EXAMPLE + ALERTS + PROVIDER,
  *examine({ manifest }) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'analysis', 'alerts')) {
      const severity = valueAt(value, 'severity');
      if (isMap(value) && (severity === undefined || severity === null || severity === '')) {
        yield {
          message: `has alert '${textAt(value, 'name') ?? pointer}' without severity, which is never sent; it must be 'info', 'warn' or 'error'`,
          pointer,
        };
      }
    }
  },
};
