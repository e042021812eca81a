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
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 5m
  ref:
    branch: main
  url: https://git.example.com/acme/podinfo
`;

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
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 5m
  ref:
    branch: main
  url: https://git.example.com/acme/podinfo
`;
