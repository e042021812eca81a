import { requirePrintable } from './printable';
import { quoted } from './quoted';

/** Push options of GitLab by which nobody has to look. */
const MERGES_ITSELF = /^merge_request\.(?:merge_when_pipeline_succeeds|auto_merge)$/;

/** Whether a push with these options gets to its branch without a person. */
export function mergesItself(options: { [key: string]: string }): boolean {
  return Object.keys(options).some((key) => MERGES_ITSELF.test(key));
}

/** Returns `refspec` when it takes the push branch to another place than a branch that others look at; throws otherwise. */
export function requireRefspec(refspec: string, pushBranch: string, branch: string): string {
  const [source, target, ...more] = refspec.split(':');
  const isRef = /^refs\/(?:[A-Za-z0-9_][A-Za-z0-9_.%=,-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.%=,-]*$/;
  if (source !== `refs/heads/${pushBranch}` || !isRef.test(target ?? '') || more.length > 0) {
    throw new Error(
      `refspec must be 'refs/heads/${pushBranch}:refs/<place>', without '+', got ${quoted(refspec)}`,
    );
  }
  if (target === source) {
    throw new Error(`refspec must not push to '${pushBranch}', which is pushed already`);
  }
  if (target === `refs/heads/${branch}`) {
    throw new Error(
      `refspec must not push to '${branch}', around the review; use GitTarget.withoutReview`,
    );
  }
  return refspec;
}

/** Returns `options` when Git can send each of them; throws otherwise. */
export function requirePushOptions(options: { [key: string]: string }): { [key: string]: string } {
  for (const [key, value] of Object.entries(options)) {
    if (!/^[!-<>-~]+$/.test(key)) {
      throw new Error(
        `push option must be printable characters without spaces and '=', got ${quoted(key)}`,
      );
    }
    requirePrintable(`push option ${quoted(key)}`, value);
  }
  return options;
}
