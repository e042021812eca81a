import { readFileSync } from 'fs';
import { join } from 'path';
import { canaries } from '../examples/canaries/main';
import { ROLLOUTS } from '../examples/canaries/rollouts';

/** What the example of canaries writes that no other example does, by the name of a golden file. */
export function goldenCanaries(outdir: string): Map<string, string> {
  canaries(outdir).synth();
  const read = (file: string) => readFileSync(join(outdir, file), 'utf8');
  const ofApps = (file: string, apps: string[]) =>
    apps.map((app) => read(`shop/apps/shop/${app}/${file}.yaml`)).join('---\n');
  return new Map([
    ['canaries.yaml', ofApps('canary', [...Object.keys(ROLLOUTS), 'checkout', 'agent'])],
    ['metric-templates.yaml', ofApps('metrictemplate', ['error-rate', 'orders'])],
    ['alert-providers.yaml', ofApps('alertprovider', ['on-call'])],
    [
      'workloads.yaml',
      [
        ofApps('deployment', ['istio-linear', 'linkerd-linear', 'checkout-pods']),
        ofApps('daemonset', ['agent-pods']),
      ].join('---\n'),
    ],
    ['load-tester.yaml', read('fleet-infra/tenants/base/shop/load-tester.yaml')],
    ['network-policies.yaml', read('fleet-infra/tenants/base/shop/network-policies.yaml')],
  ]);
}
