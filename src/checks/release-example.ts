/** The example of checks of Helm: a release of a chart that lies in a registry, and nothing wrong with it. */
export const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  chartRef:
    kind: OCIRepository
    name: podinfo
  driftDetection:
    mode: enabled
  install:
    strategy:
      name: RetryOnFailure
  interval: 10m
  upgrade:
    remediation:
      retries: 3
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    semver: 6.x
  url: oci://registry.example.com/charts/podinfo
`;
