import { configMap, gitSource } from './example-parts';

const SOURCE = gitSource('image-updates', 'apps', 'ssh://git@git.example.com/acme/fleet-infra', {
  secret: 'image-updates-push',
});

/** The example of checks of image automation: an image that an automation updates, and nothing wrong with it. */
export const IMAGE_UPDATES = `${SOURCE}---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  image: registry.example.com/podinfo
  interval: 5m
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: podinfo
  namespace: apps
spec:
  imageRepositoryRef:
    name: podinfo
  policy:
    semver:
      range: 6.x
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: image-updates
  namespace: apps
spec:
  git:
    checkout:
      ref:
        branch: main
    commit:
      author:
        email: fluxcdbot@example.com
        name: fluxcdbot
      messageTemplate: '{{ range .Changed.Changes }}{{ .NewValue }} {{ end }}'
    push:
      branch: flux-image-updates
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: image-updates
  update:
    path: ./clusters/prod
    strategy: Setters
# file: clusters/prod/podinfo.yaml
${configMap('podinfo', 'apps', 'image: registry.example.com/podinfo:6.0.0 # {"$imagepolicy": "apps:podinfo"}')}`;
