import { ObjectCheck, Problem } from '../check';
import { artifactVerification, VERIFYING_TYPES } from '../artifact-verification';
import { OCI_SOURCE } from '../oci-source-example';
import { Field, itemsAt, textAt } from '../manifest-fields';

export const artifactSigner: ObjectCheck = {
  id: 'artifact-signer',
  severity: 'error',
  profile: 'recommended',
  summary: 'what verifies an artifact must say who has to have signed it, and in one way',
  why: 'Without a key and without an identity, cosign accepts the signature of anybody. With secretRef Flux takes the key alone and silently ignores the identities, and notation knows no identities at all.',
  remedy:
    'set either secretRef or one matchOIDCIdentity; verify a chart by identity with an OCIRepository that chartRef names',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
    'https://fluxcd.io/flux/components/source/helmcharts/#verification',
  ],
  types: VERIFYING_TYPES,
  needs: 'object',
  bad: OCI_SOURCE.replace(/ +matchOIDC[^]*(?= {4}provider)/, ''),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const verify = artifactVerification(manifest);
    if (verify) {
      yield* textAt(verify.value, 'provider') === 'notation'
        ? byNotation(verify)
        : byCosign(verify, manifest.kind);
    }
  },
};

function* byCosign({ value, pointer }: Field, kind: string): Iterable<Problem> {
  const ignored = ['matchOIDCIdentity', 'trustedRootSecretRef'].filter((key) => isSet(value[key]));
  if (isSet(value.secretRef)) {
    for (const key of ignored) {
      yield {
        message: `must have secretRef or ${key}, got both: Flux would ignore ${key}`,
        pointer: `${pointer}/${key}`,
      };
    }
  } else if (kind === 'HelmRelease') {
    yield {
      message:
        'must have a secretRef with a key in verify: a HelmRelease cannot name an identity, so that anybody may sign',
      pointer,
    };
  } else if (
    itemsAt(value, 'matchOIDCIdentity').length === 0 &&
    !isSet(value.trustedRootSecretRef)
  ) {
    yield {
      message:
        'must have secretRef or a matchOIDCIdentity in verify, got neither: anybody may sign',
      pointer,
    };
  }
}

function* byNotation({ value, pointer }: Field): Iterable<Problem> {
  if (!isSet(value.secretRef)) {
    yield { message: "must have secretRef in verify with provider 'notation', got none", pointer };
  }
  if (itemsAt(value, 'matchOIDCIdentity').length > 0) {
    yield {
      message: "must have no matchOIDCIdentity with provider 'notation', which knows none",
      pointer: `${pointer}/matchOIDCIdentity`,
    };
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
