import { FluxController } from '../../src/checks/flux-controller';

function controller(...args: readonly string[]): FluxController {
  return new FluxController('kustomize-controller', 'kustomize-controller', args);
}

test.each([
  [['--no-remote-bases'], true],
  [['--no-remote-bases=true'], true],
  [['--no-remote-bases=T'], true],
  [['--no-remote-bases=1'], true],
  [['--no-remote-bases=false'], false],
  [['--no-remote-bases=yes'], false],
  [['--no-remote-bases-at-all'], false],
  [['-no-remote-bases'], false],
  [['--no-remote-bases', '--no-remote-bases=false'], false],
  [[], false],
])('with arguments %j, a flag is on: %p', (args, isOn) => {
  expect(controller(...args).isOn('--no-remote-bases')).toBe(isOn);
});

test.each([
  [['--default-service-account=flux'], 'flux'],
  [['--default-service-account', 'flux'], 'flux'],
  [['--default-service-account=flux=a'], 'flux=a'],
  [['--default-service-account='], ''],
  [['--default-service-account', '--log-level=info'], ''],
  [['--default-service-account'], ''],
  [['--default-service-account=a', '--default-service-account=b'], 'b'],
])('with arguments %j, the value of a flag is %p', (args, value) => {
  expect(controller(...args).valueOf('--default-service-account')).toBe(value);
});

test.each([
  [['--feature-gates=A=true'], true],
  [['--feature-gates=B=true,A=true'], true],
  [['--feature-gates=A=true', '--feature-gates=B=false'], true],
  [['--feature-gates=A=true', '--feature-gates=A=false'], false],
  [['--feature-gates=AA=true'], false],
  [['--feature-gates=A'], false],
  [[], false],
])('with arguments %j, a gate is on: %p', (args, isOn) => {
  expect(controller(...args).hasGate('A')).toBe(isOn);
});
