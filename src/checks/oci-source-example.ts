/** The example of checks of artifacts: a source whose signature is verified, and nothing wrong with it. */
export const OCI_SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  ref:
    semver: 6.x
  url: oci://registry.example.com/podinfo
  verify:
    matchOIDCIdentity:
      - issuer: '^https://token\\.actions\\.githubusercontent\\.com$'
        subject: '^https://github\\.com/acme/podinfo/\\.github/workflows/release\\.yaml@refs/tags/v[^/@]+$'
    provider: cosign
`;

/** The same source in the namespace of tenant 'team-a'. */
export const TENANT_OCI_SOURCE = `# with: tenant team-a\n${OCI_SOURCE.replace(
  'namespace: apps',
  'namespace: team-a',
)}`;
