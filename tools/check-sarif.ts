// Has the standard's own schema judge the SARIF that audits write: of what every check finds, and of texts that mean harm.
import { spawnSync } from 'child_process';
import { join } from 'path';
import { CHECKS } from '../src/checks/registry';
import { runChecks } from '../src/checks/run-checks';
import { sarifReport } from '../src/report/sarif-report';
import { exampleFleet } from '../test/checks/example-repository';
import { ACCEPTED, finding, HOSTILE, part, result } from '../test/report/results';

const JUDGE = join(__dirname, '../conformance/sarif');

const ROOTS = new Map([
  ['fleet-infra', { isElsewhere: true, segments: ['git.example.com', 'a b'] }],
]);

const found = CHECKS.flatMap(({ bad }) => {
  return runChecks(exampleFleet(bad), { profile: 'strict' }).findings;
});
const reports = [
  result(),
  result([finding({ line: undefined })], [finding({ suppression: ACCEPTED })]),
  result([finding({ message: HOSTILE, path: HOSTILE, construct: HOSTILE })]),
  result([], [], [part(), part({ what: HOSTILE, path: HOSTILE, tenant: HOSTILE, decides: false })]),
  result(found),
];
for (const report of reports) {
  const input = sarifReport(report, ROOTS);
  const { status, stderr } = spawnSync('go', ['run', '.'], { cwd: JUDGE, input, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(
      `the standard's schema refuses a report of ${report.findings.length}: ${stderr}`,
    );
  }
}
process.stdout.write(`accepted SARIF of ${found.length} findings\n`);
