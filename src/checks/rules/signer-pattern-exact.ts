import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { artifactVerification } from '../artifact-verification';
import { itemsAt, textAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';
import { acceptedNeighbour, compiledPattern, hasOpenDot, isAnchored } from '../signer-pattern';

export const signerPatternExact: ObjectCheck = {
  id: 'signer-pattern-exact',
  severity: 'warning',
  profile: 'strict',
  summary: 'the identity that must have signed an artifact should be matched from end to end',
  why: "issuer and subject may match anywhere in the signer's identity, and a dot matches any character. What is open at an end, or behind the name of the repository, also accepts what nobody thought of.",
  remedy:
    "begin with '^', end with '$', write '\\.' for a dot and '/' behind the name of the repository",
  links: ['https://fluxcd.io/flux/components/source/ocirepositories/#verification'],
  types: ['source.toolkit.fluxcd.io/HelmChart', 'source.toolkit.fluxcd.io/OCIRepository'],
  needs: 'object',
  bad: OCI_SOURCE.replace(/subject: .*/, () => "subject: '^https://github\\.com/acme/podinfo.*$'"),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const verify = artifactVerification(manifest);
    for (const { value, pointer } of itemsAt(verify?.value, 'matchOIDCIdentity')) {
      const [issuer, subject] = [textAt(value, 'issuer'), textAt(value, 'subject')];
      for (const [key, pattern] of [
        ['issuer', issuer],
        ['subject', subject],
      ] as const) {
        const problem = pattern === undefined || isOpaque(pattern) ? undefined : openness(pattern);
        if (problem !== undefined) {
          yield {
            message: `should have ${key} ${problem}, got '${pattern}'`,
            pointer: `${verify!.pointer}${pointer}/${key}`,
          };
        }
      }
      const issuers = compiledPattern(issuer ?? '');
      const subjects = compiledPattern(subject ?? '');
      const neighbour = issuers && subjects && acceptedNeighbour(issuers, subjects);
      if (neighbour !== undefined && !isOpaque(subject)) {
        yield {
          message: `should end the name of the repository in its subject with '/', got '${subject}', which matches '${neighbour}', too`,
          pointer: `${verify!.pointer}${pointer}/subject`,
        };
      }
    }
  },
};

function openness(pattern: string): string | undefined {
  if (!isAnchored(pattern)) {
    return "between '^' and '$'";
  }
  return hasOpenDot(pattern) ? "with '\\.' for a dot" : undefined;
}
