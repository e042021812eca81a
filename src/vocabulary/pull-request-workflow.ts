import { madeBy, requireForm } from './form';
import { GitTarget } from './git-target';

/** What opens a pull request for the branch that image automation pushes: Flux opens none by itself. */
export class PullRequestWorkflow {
  /**
   * The text of a GitHub Actions workflow, for `.github/workflows/` of the repository that the target names: it opens a
   * pull request when the branch is pushed, unless there is one. It checks nothing out and uses no action, so that there
   * is none to pin; its token can do nothing but open pull requests, which the repository must allow GitHub Actions to.
   *
   * Throws for a target without review, which has no branch to propose.
   *
   * @see https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
   */
  public static github(target: GitTarget): string {
    requireForm('target', target, madeBy(GitTarget, 'pullRequestBranch({ … })'));
    const base = target._branch;
    const head = target._push.branch;
    if (base === head) {
      throw new Error(`target '${target._name}' commits to '${base}' without review`);
    }
    return workflow(target._name, base, head);
  }

  private constructor() {}
}

/** All are names of DNS or Git, and so without quotes, spaces and what a shell would read. */
function workflow(name: string, base: string, head: string): string {
  return `name: ${name}
on:
  push:
    branches:
      - '${head}'
permissions: {}
concurrency:
  group: ${name}
jobs:
  pull-request:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      pull-requests: write
    steps:
      - name: Open a pull request unless there is one
        env:
          GH_TOKEN: \${{ github.token }}
          REPOSITORY: \${{ github.repository }}
          OWNER: \${{ github.repository_owner }}
          BASE: '${base}'
          HEAD: '${head}'
        run: |
          open="$(gh api --method GET "repos/$REPOSITORY/pulls" \\
            -f state=open -f base="$BASE" -f head="$OWNER:$HEAD" --jq length)"
          if [ "$open" -eq 0 ]; then
            gh api "repos/$REPOSITORY/pulls" -f base="$BASE" -f head="$HEAD" \\
              -f title='Update images' \\
              -f body='Flux image automation committed new tags. Merge to roll them out; delete the branch then.'
          fi
`;
}
