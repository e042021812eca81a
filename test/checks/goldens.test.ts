import { join } from 'path';
import { runChecks } from '../../src/checks/run-checks';
import { readDirectory } from '../../src/cli/read-directory';
import { viewClusters } from '../../src/clusters/view-clusters';

test.each(['acme', 'operator'])('what this library writes of %s passes every check', (golden) => {
  const tree = readDirectory(join(__dirname, '../golden', golden, 'fleet-infra'));
  const fleet = viewClusters([{ name: 'fleet-infra', tree }]);
  const { findings } = runChecks(fleet, { profile: 'strict' });
  expect(findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
});
