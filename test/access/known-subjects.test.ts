import { AccessAction, AccessSubject, TenantAccess } from '../../src';
import { smallFleet } from '../synthesized';
import { account, binding, group, reviewOf, role, rule, user } from './rbac-manifests';

const readPods = AccessAction.on('get', 'pods');

/** A tenant whose people have access, on one of two clusters. */
function program() {
  const fleet = smallFleet();
  const team = fleet.tenant('team-a', { clusters: [fleet.staging] });
  new TenantAccess(team, 'people', { viewers: ['acme:team-a'] });
  return { ...fleet, team };
}

describe('a question about somebody', () => {
  const { app, prod, staging, team } = program();
  const [review, elsewhere] = [app.reviewAccess(staging), app.reviewAccess(prod)];

  test.each<[AccessSubject, string]>([
    [
      AccessSubject.serviceAccount('tema-a', 'team-a'),
      "ServiceAccount 'team-a' in namespace 'tema-a' is not known: the program has no such account, and no binding that " +
        "names it; did you mean 'team-a/team-a', or one that the program need not know (asStranger)?",
    ],
    [AccessSubject.serviceAccount('team-a', 'tema-a'), "did you mean 'team-a/team-a', or one"],
    [
      AccessSubject.serviceAccount('tema-a', 'default'),
      "did you mean 'team-a/default', or one that the program",
    ],
    [AccessSubject.group('acme:tema-a'), "group 'acme:tema-a' is not known"],
    [AccessSubject.group('acme:tema-a'), "did you mean 'acme:team-a', or one"],
    [AccessSubject.group('system:serviceaccounts:tema-a'), 'system:serviceaccounts:team-a'],
    [AccessSubject.user('jane', ['acme:team-a', 'acme:tema-a']), "group 'acme:tema-a'"],
    [AccessSubject.user('jane'), 'did you mean one that the program need not know (asStranger)?'],
    [AccessSubject.user('system:serviceaccount:tema-a:team-a'), "did you mean 'team-a/team-a'"],
  ])(
    'whom the program does not know, %s, throws, rather than prove anything',
    (subject, message) => {
      for (const one of [review, elsewhere]) {
        expect(() => one.where(subject, readPods)).toThrow(message);
        expect(() => one.rightsOf(subject)).toThrow(message);
      }
      expect(elsewhere.where(subject.asStranger(), readPods).isNowhere).toBe(true);
    },
  );

  test.each([
    AccessSubject.accountOf(team),
    AccessSubject.serviceAccount('team-a', 'team-a'),
    AccessSubject.serviceAccount('team-a', 'default'),
    AccessSubject.user('system:serviceaccount:team-a:team-a'),
    AccessSubject.user('jane', ['acme:team-a']),
    AccessSubject.group('acme:team-a'),
    AccessSubject.group('system:serviceaccounts'),
    AccessSubject.group('system:serviceaccounts:team-a'),
    AccessSubject.group('system:authenticated'),
    AccessSubject.anonymous(),
  ])('is answered of %s, on a cluster where it has no rights, too', (subject) => {
    expect(() => review.where(subject, readPods)).not.toThrow();
    expect(elsewhere.where(subject, readPods).isNowhere).toBe(true);
  });

  test('is answered of whomever a binding names, in each way to name one', () => {
    const robot = AccessSubject.serviceAccount('a', 'robot');
    const reads = role('r', [rule('get', 'pods')]);
    for (const [subject, bound] of [
      [robot, account('robot', 'a')],
      [robot, account('robot')],
      [robot, user('system:serviceaccount:a:robot')],
      [AccessSubject.user('bob'), user('bob')],
      [AccessSubject.user('bob', ['readers']), group('readers')],
    ] as const) {
      const answer = reviewOf(reads, binding('b', 'r', [null, bound], 'a')).where(
        subject,
        readPods,
      );
      expect(answer.namespaces).toEqual(['a']);
    }
  });

  test('is the same of a stranger, but for whether it may be asked', () => {
    const reads = [role('r', [rule('get', 'pods')]), binding('b', 'r', [user('bob')], 'a')];
    const bob = AccessSubject.user('bob');
    expect(`${bob.asStranger()}`).toBe(`${bob}`);
    expect(reviewOf(...reads).where(bob.asStranger(), readPods).namespaces).toEqual(['a']);
    expect(() => reviewOf(...reads).where(AccessSubject.user('Bob'), readPods)).toThrow(
      "did you mean 'bob'",
    );
  });
});
