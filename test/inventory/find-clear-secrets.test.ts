import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { AppRepo, PlatformComponent } from '../../src';
import { smallFleet } from '../synthesized';

const REFUSED = /Secret '[^']+' must not hold data, which would lie in Git in clear/;

test('a Secret with data is refused in every repository, and its data is not told', () => {
  const { app, fleet, tenant } = smallFleet();
  const team = tenant('team-a');
  const platform = new PlatformComponent(fleet, 'platform');
  for (const scope of [team, platform, new AppRepo(app, 'apps', { tenant: team })]) {
    new kplus.Secret(scope, 'secret', {
      metadata: { name: 's', namespace: 'team-a' },
      stringData: { password: 'hunter2' },
    });
  }
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.match(new RegExp(REFUSED, 'g'))).toHaveLength(3);
  expect(message).not.toMatch(/hunter2|password/);
});

test('a Secret that an environment fills is refused as well', () => {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  const secret = new ApiObject(team, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
  });
  app.synth();
  team.patchInEnvironment('staging', secret, [
    { op: 'add', path: '/stringData', value: { password: 'hunter2' } },
  ]);
  expect(() => app.synth()).toThrow(REFUSED);
});

test('a Secret without data is a name like any other', () => {
  const { app, tenant } = smallFleet();
  new kplus.Secret(tenant('team-a'), 'token', { metadata: { name: 'token' } });
  expect(() => app.synth()).not.toThrow();
});
