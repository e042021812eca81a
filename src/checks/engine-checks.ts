import { Severity } from './check';

/** What the engine itself may find; no rule of its own stands behind it. */
interface EngineCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
}

export const CHECK_FAILED: EngineCheck = {
  id: 'check-failed',
  severity: 'error',
  summary: 'every check must come to a judgement',
  why: 'A check that fails has judged nothing, so the object it failed on may be wrong in what it looks for.',
  remedy: 'report it with the object; nothing that can be written in YAML should make a check fail',
};

export const MALFORMED_SUPPRESSION: EngineCheck = {
  id: 'malformed-suppression',
  severity: 'error',
  summary: 'every suppression must name a check, an owner, a reason and what it is for',
  why: 'A suppression that says nobody and nothing is no evidence, and one of a check that does not exist hides a typing error.',
  remedy:
    "write an annotation as '<owner>: <reason>', and an entry of '.flux-checks' with check, path, owner, reason and, for one object, " +
    "object as 'group/Kind namespace/name'",
};

export const UNUSED_SUPPRESSION: EngineCheck = {
  id: 'unused-suppression',
  severity: 'warning',
  summary: 'every suppression must have something to suppress',
  why: 'One that outlived its finding hides the next one in the same place.',
  remedy: 'remove the suppression',
};

export const ENGINE_CHECKS: readonly EngineCheck[] = [
  CHECK_FAILED,
  MALFORMED_SUPPRESSION,
  UNUSED_SUPPRESSION,
];
