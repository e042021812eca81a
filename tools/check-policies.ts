// Has the API server's own code judge the native admission policies, and Kyverno's command line those that are for Kyverno.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { policyFixtures } from '../src/policies/fixtures/policy-fixtures';
import { compileAdmission, refusals } from './check-policies/api-server';
import { writePolicies } from './check-policies/fleets';
import { compileKyverno, runTests } from './check-policies/kyverno';
import { MUTATIONS } from './check-policies/mutations';
import { admissionRequests } from './check-policies/requests';
import { WORK } from './check-policies/work';

const REQUESTS = admissionRequests();

/** What the API server makes of requests otherwise than it has to. */
function surprises(policies: string): string[] {
  const answers = refusals(policies, REQUESTS);
  return REQUESTS.flatMap(({ name, refusedBy }, i) =>
    answers[i].join() === refusedBy.join()
      ? []
      : [`${name}: refused by '${answers[i].join()}', not '${refusedBy.join()}'`],
  );
}

/** Weakens a policy, which a request must notice. */
function mutate(name: string, policies: string): void {
  const before = readFileSync(policies, 'utf8');
  const after = MUTATIONS[name](before);
  if (before === after) {
    throw new Error(`mutation '${name}' finds nothing to change`);
  }
  const copy = join(WORK, `${name}.yaml`);
  writeFileSync(copy, after);
  if (surprises(copy).length === 0) {
    throw new Error(`no request notices the mutation '${name}'`);
  }
}

function checkNative(): string {
  compileAdmission();
  const native = join(
    writePolicies('native', join(WORK, 'native')),
    'validatingadmissionpolicy.yaml',
  );
  const wrong = surprises(native);
  if (wrong.length > 0) {
    throw new Error(`the API server would not do as it has to:\n${wrong.join('\n')}`);
  }
  Object.keys(MUTATIONS).forEach((name) => mutate(name, native));

  return `API server: ${REQUESTS.length} requests, ${Object.keys(MUTATIONS).length} mutations noticed`;
}

function checkKyverno(): string {
  compileKyverno();
  const passed = runTests(writePolicies('kyverno', join(WORK, 'kyverno-policies')));
  // Beside the objects, a new namespace by a tenant and by the platform.
  const written = policyFixtures().length + 2;
  if (passed !== written) {
    throw new Error(`kyverno ran ${passed} tests of ${written}`);
  }
  return `Kyverno: ${passed} tests`;
}

function main(engine: string | undefined): void {
  const checks: Record<string, () => string> = { native: checkNative, kyverno: checkKyverno };
  if (engine === undefined || !Object.hasOwn(checks, engine)) {
    throw new Error(`engine must be one of ${Object.keys(checks).join(', ')}, got '${engine}'`);
  }
  const start = Date.now();
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const figures = checks[engine]();
  console.log(`policies: accepted (${figures}; ${Math.round((Date.now() - start) / 1000)} s)`);
}

main(process.argv[2]);
