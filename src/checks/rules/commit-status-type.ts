import { isOpaque } from '../../clusters/applied-object';
import { ALERT } from '../alert-example';
import { ObjectCheck } from '../check';
import { textAt, valueAt } from '../manifest-fields';

const GIT_TYPES = ['azuredevops', 'bitbucket', 'bitbucketserver', 'gitea', 'github', 'gitlab'];

export const commitStatusType: ObjectCheck = {
  id: 'commit-status-type',
  severity: 'error',
  profile: 'recommended',
  summary: 'only a Provider of a Git host may have commitStatusExpr',
  why: 'The API server refuses it on any other type, which sets no status of commits.',
  remedy: 'remove commitStatusExpr, or set the type of the Git host',
  links: ['https://fluxcd.io/flux/components/notification/providers/#git-commit-status-updates'],
  types: ['notification.toolkit.fluxcd.io/Provider'],
  needs: 'object',
  bad: ALERT.replace(
    '  secretRef:',
    `  commitStatusExpr: "'flux/' + event.involvedObject.name"\n  secretRef:`,
  ),
  good: ALERT,
  *examine({ manifest }) {
    const type = textAt(manifest, 'spec', 'type');
    const isSet = (valueAt(manifest, 'spec', 'commitStatusExpr') ?? undefined) !== undefined;
    if (isSet && type !== undefined && !isOpaque(type) && !GIT_TYPES.includes(type)) {
      yield {
        message: `must have no commitStatusExpr unless its type is one of ${GIT_TYPES.join(', ')}, got '${type}'`,
        pointer: '/spec/commitStatusExpr',
      };
    }
  },
};
