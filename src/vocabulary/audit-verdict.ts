/** What an audit comes to. */
export enum AuditVerdict {
  /** No check found an error, and nothing that matters is unread. */
  PASSED = 'passed',
  /** A check found an error that nobody accepted. */
  FAILED = 'failed',
  /** No check found an error, but no cluster was found, or something is applied with rights of the platform that could not be read. */
  UNKNOWN = 'unknown',
}
