import { gitSource } from './example-parts';

const PODINFO = gitSource('podinfo', 'apps', 'https://git.example.com/acme/podinfo');

/** The example of checks of notifications: an Alert in Slack, and nothing wrong with it. */
export const ALERT = `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: slack
  namespace: apps
spec:
  address: https://slack.com/api/chat.postMessage
  channel: apps
  secretRef:
    name: slack-token
  type: slack
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: slack
  namespace: apps
spec:
  eventSeverity: error
  eventSources:
    - kind: GitRepository
      name: '*'
  providerRef:
    name: slack
---
${PODINFO}`;

/** The example of checks of inbound webhooks. */
export const RECEIVER = `apiVersion: notification.toolkit.fluxcd.io/v1
kind: Receiver
metadata:
  name: podinfo
  namespace: apps
spec:
  events:
    - push
  resources:
    - kind: GitRepository
      name: podinfo
  secretRef:
    name: webhook-token
  type: github
---
${PODINFO}`;

/** The example of checks of what Flagger tells, by a webhook whose address is a Secret's. */
export const ALERT_PROVIDER = `apiVersion: flagger.app/v1beta1
kind: AlertProvider
metadata:
  name: on-call
  namespace: apps
spec:
  type: slack
  channel: on-call
  secretRef:
    name: on-call-url
`;
