import { Construct, IConstruct } from 'constructs';
import { requireProps, TEXT } from './form';
import { isPrintable } from './printable';
import { quoted } from './quoted';

/** Which checks judge what a program writes. */
export enum CheckProfile {
  /** Those for what is wrong, or unsafe for anybody. */
  RECOMMENDED = 'recommended',
  /** All of them: good practice, too. */
  STRICT = 'strict',
}

/** Why what a check finds is accepted. */
export interface SuppressionProps {
  /** Why it must be as it is. */
  readonly reason: string;
  /** Who answers for it: a team or a person. */
  readonly owner: string;
}

/** That somebody accepts what a check finds in some objects. */
export interface Suppression extends SuppressionProps {
  /** Id of the check. */
  readonly check: string;
}

const SUPPRESSIONS = Symbol.for('cdk8s-flux-tenants.suppressions');

/** The checks that judge the objects of a construct and of everything below it. */
export class Checks {
  /** The checks of `scope`. */
  public static of(scope: Construct): Checks {
    return new Checks(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Accepts what one check finds here. It is listed, with reason and owner, in every plan and report and in the file `.flux-checks`
   * of the repository; with nothing to accept, it is a warning itself.
   *
   * Throws without reason or owner. An id that no check has is an error of the synthesis.
   */
  public suppress(check: string, props: SuppressionProps): void {
    requireProps('suppression', props, { reason: TEXT, owner: TEXT });
    const { reason, owner } = props;
    for (const [what, text] of Object.entries({ check, reason, owner })) {
      if (typeof text !== 'string' || text.trim() === '' || !isPrintable(text)) {
        throw new Error(
          `${what} of a suppression must be a text of one line, got ${quoted(String(text))}`,
        );
      }
    }
    Object.defineProperty(this.scope, SUPPRESSIONS, {
      value: [...suppressionsOf(this.scope), { check, reason, owner }],
      configurable: true,
    });
  }
}

/** What is suppressed of exactly this construct. */
export function suppressionsOf(construct: IConstruct): readonly Suppression[] {
  return (construct as any)[SUPPRESSIONS] ?? [];
}
