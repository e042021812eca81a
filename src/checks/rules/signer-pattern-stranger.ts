import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { artifactVerification } from '../artifact-verification';
import { itemsAt, textAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';
import { acceptedStranger, compiledPattern } from '../signer-pattern';

export const signerPatternStranger: ObjectCheck = {
  id: 'signer-pattern-stranger',
  severity: 'error',
  profile: 'recommended',
  summary: 'the identity that must have signed an artifact must not be one that anybody can have',
  why: "issuer and subject are regular expressions of Go that may match anywhere in the signer's identity. One that also matches the workflow of somebody else, such as ^https://github.com/acme which is the start of 'acme-evil', too, lets everybody sign.",
  remedy:
    "spell out the repository and the workflow, with '/' behind the repository: ^https://github\\.com/acme/app/\\.github/workflows/release\\.yaml@refs/tags/v[^/@]+$",
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
    'https://github.com/google/re2/wiki/Syntax',
  ],
  types: ['source.toolkit.fluxcd.io/HelmChart', 'source.toolkit.fluxcd.io/OCIRepository'],
  needs: 'object',
  bad: OCI_SOURCE.replace(/subject: .*/, () => "subject: '^https://github\\.com/acme.*$'"),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const verify = artifactVerification(manifest);
    for (const { value, pointer } of itemsAt(verify?.value, 'matchOIDCIdentity')) {
      const at = verify!.pointer + pointer;
      const [issuer, subject] = [textAt(value, 'issuer'), textAt(value, 'subject')];
      if (issuer === undefined || subject === undefined || isOpaque(issuer) || isOpaque(subject)) {
        continue;
      }
      const [issuers, subjects] = [compiledPattern(issuer), compiledPattern(subject)];
      if (!issuers || !subjects) {
        const [key, text] = issuers ? ['subject', subject] : ['issuer', issuer];
        yield {
          message: `must have a regular expression of Go (RE2) as ${key}, got '${text}'`,
          pointer: `${at}/${key}`,
        };
        continue;
      }
      const stranger = acceptedStranger(issuers, subjects);
      if (stranger !== undefined) {
        yield {
          message: `must not accept the signature of strangers, got subject '${subject}', which matches '${stranger}', too`,
          pointer: `${at}/subject`,
        };
      }
    }
  },
};
