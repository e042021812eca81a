import { AccessAction, AccessSubject } from '../../src';
import { account, aggregating, binding, group, reviewOf, role, rule, user } from './rbac-manifests';

const jane = AccessSubject.user('jane', ['readers']).asStranger();

/** Where jane may do something by one rule, bound in namespace `a`. */
function inA(one: unknown, verb: string, resource: string, name?: string): string[] {
  const review = reviewOf(role('r', [one]), binding('b', 'r', [user('jane')], 'a'));
  return review.where(jane, AccessAction.onCustom(verb, resource, name)).namespaces;
}

/** Whether jane may do something by one rule, bound to the whole cluster. */
function everywhere(one: unknown, action: AccessAction): boolean {
  return reviewOf(role('r', [one]), binding('b', 'r', [user('jane')])).where(jane, action)
    .isClusterWide;
}

describe('a rule', () => {
  test('gives its verbs on its resources of its groups, and nothing else', () => {
    const one = rule('get list', 'deployments jobs', 'apps batch');
    expect(inA(one, 'get', 'deployments.apps')).toEqual(['a']);
    expect(inA(one, 'list', 'jobs.batch')).toEqual(['a']);
    expect(inA(one, 'create', 'deployments.apps')).toEqual([]);
    expect(inA(one, 'get', 'statefulsets.apps')).toEqual([]);
    expect(inA(one, 'get', 'deployments')).toEqual([]);
    expect(inA(one, 'get', 'deployments.extensions')).toEqual([]);
  });

  test('on a resource gives none of its subresources, and the other way round', () => {
    expect(inA(rule('get', 'pods'), 'get', 'pods/log')).toEqual([]);
    expect(inA(rule('get', 'pods/log'), 'get', 'pods')).toEqual([]);
    expect(inA(rule('get', 'pods/log'), 'get', 'pods/log')).toEqual(['a']);
  });

  test('on all resources gives every subresource, too', () => {
    for (const resource of ['pods', 'pods/exec', 'kustomizations.kustomize.toolkit.fluxcd.io']) {
      expect(inA(rule('create', '*', '*'), 'create', resource)).toEqual(['a']);
    }
  });

  test("on one subresource of all resources gives it, and neither another nor a resource's", () => {
    const status = rule('patch', '*/status', 'apps');
    expect(inA(status, 'patch', 'deployments.apps/status')).toEqual(['a']);
    expect(inA(status, 'patch', 'deployments.apps/scale')).toEqual([]);
    expect(inA(status, 'patch', 'deployments.apps')).toEqual([]);
    expect(inA(status, 'patch', 'pods/status')).toEqual([]);
    expect(inA(rule('patch', '*/atus', 'apps'), 'patch', 'deployments.apps/status')).toEqual([]);
    expect(inA(rule('patch', 'deployments/*', 'apps'), 'patch', 'deployments.apps/status')).toEqual(
      [],
    );
  });

  test('with names gives those objects, to whom is asked about any of them, too', () => {
    const one = rule('get list create deletecollection', 'secrets', '', 'x');
    expect(inA(one, 'get', 'secrets', 'x')).toEqual(['a']);
    expect(inA(one, 'get', 'secrets', 'y')).toEqual([]);
    expect(inA(one, 'get', 'secrets')).toEqual(['a']);
    expect(inA(one, 'list', 'secrets')).toEqual(['a']);
    expect(inA(one, 'create', 'secrets', 'x')).toEqual(['a']);
  });

  test('with names never gives a request that cannot name anything', () => {
    expect(inA(rule('*', 'secrets', '', 'x'), 'deletecollection', 'secrets')).toEqual([]);
    expect(inA(rule('*', 'secrets'), 'deletecollection', 'secrets')).toEqual(['a']);
  });

  test.each([
    ['/healthz', '/healthz', true],
    ['/healthz', '/healthz/etcd', false],
    ['/healthz/*', '/healthz/etcd', true],
    ['/healthz/*', '/healthz', false],
    ['/metrics*', '/metrics/cadvisor', true],
    ['/metrics**', '/metrics', true],
    ['*', '/anything', true],
    ['/*/x', '/a/x', false],
  ])('on URL %p matches %p: %p', (pattern, path, matches) => {
    const one = { nonResourceURLs: [pattern], verbs: ['get'] };
    expect(everywhere(one, AccessAction.onUrl('get', path))).toBe(matches);
    expect(everywhere(one, AccessAction.onUrl('post', path))).toBe(false);
    expect(everywhere(one, AccessAction.on('get', 'pods'))).toBe(false);
  });

  test('on objects gives no URL, even with wildcards', () => {
    expect(everywhere(rule('*', '*', '*'), AccessAction.onUrl('get', '/metrics'))).toBe(false);
  });

  test.each([[null], [{}], [[]], ['rules'], [{ verbs: 'get', resources: 'pods', apiGroups: '' }]])(
    'that is none (%j) gives nothing',
    (one) => {
      expect(inA(one, 'get', 'pods')).toEqual([]);
    },
  );
});

describe('a RoleBinding', () => {
  const all = rule('*', '*', '*');

  test('gives a ClusterRole in its own namespace alone', () => {
    const review = reviewOf(role('r', [all]), binding('b', 'r', [user('jane')], 'a'));
    const answer = review.where(jane, AccessAction.on('get', 'secrets'));
    expect(answer.namespaces).toEqual(['a']);
    expect(answer.isClusterWide).toBe(false);
    expect([answer.isAllowedIn('a'), answer.isAllowedIn('b')]).toEqual([true, false]);
  });

  test.each([
    'nodes',
    'persistentvolumes',
    'clusterroles.rbac.authorization.k8s.io',
    'clusterrolebindings.rbac.authorization.k8s.io',
    'customresourcedefinitions.apiextensions.k8s.io',
    'validatingadmissionpolicies.admissionregistration.k8s.io',
    'validatingpolicies.policies.kyverno.io',
  ])('gives no %s, which lie in no namespace', (resource) => {
    expect(inA(all, 'get', resource)).toEqual([]);
  });

  test('gives what lies in no namespace as far as is known', () => {
    expect(inA(all, 'get', 'clusterthings.acme.example')).toEqual(['a']);
  });

  test.each(['get', 'update', 'patch', 'delete', 'watch'])(
    'lets whom it binds %s the Namespace object of its own namespace, and no other',
    (verb) => {
      expect(inA(all, verb, 'namespaces')).toEqual(['a']);
      expect(inA(all, verb, 'namespaces', 'a')).toEqual(['a']);
      expect(inA(all, verb, 'namespaces', 'b')).toEqual([]);
      expect(inA(all, verb, 'namespaces/status', 'a')).toEqual(['a']);
      expect(inA(all, verb, 'namespaces/finalize')).toEqual(['a']);
      expect(inA(rule('*', 'namespaces', '', 'b'), verb, 'namespaces')).toEqual([]);
    },
  );

  test.each(['create', 'list', 'deletecollection'])('lets nobody %s namespaces', (verb) => {
    expect(inA(all, verb, 'namespaces')).toEqual([]);
  });

  test('gives no URL', () => {
    const one = { nonResourceURLs: ['*'], verbs: ['*'] };
    const review = reviewOf(role('r', [one]), binding('b', 'r', [user('jane')], 'a'));
    expect(review.where(jane, AccessAction.onUrl('get', '/metrics')).isNowhere).toBe(true);
    expect(review.rightsOf(jane).isNowhere).toBe(true);
  });

  test('gives a Role of its own namespace, and not one of the same name in another', () => {
    const read = AccessAction.on('get', 'secrets');
    const bound = binding('b', 'r', [user('jane')], 'a', 'Role');
    expect(reviewOf(role('r', [all], 'a'), bound).where(jane, read).namespaces).toEqual(['a']);
    for (const other of [role('r', [all], 'b'), role('r', [all])]) {
      const answer = reviewOf(other, bound).where(jane, read);
      expect(answer.namespaces).toEqual([]);
      expect(answer.unknowns).toHaveLength(1);
    }
  });

  test('of a user, group or account is of none that is called alike', () => {
    const bound = (...subjects: unknown[]) =>
      reviewOf(role('r', [all]), binding('b', 'r', subjects, 'a'));
    const read = AccessAction.on('get', 'pods');
    const may = (subject: AccessSubject, ...subjects: unknown[]) =>
      !bound(...subjects).where(subject, read).isNowhere;
    expect(may(jane, user('jane'))).toBe(true);
    expect(may(jane, user('Jane'), group('jane'), account('jane', 'a'))).toBe(false);
    expect(may(jane, user('bob'), group('readers'))).toBe(true);
    const readers = AccessSubject.group('readers').asStranger();
    expect(may(readers, user('readers'))).toBe(false);
    expect(may(readers, group('readers'))).toBe(true);
    expect(may(readers, { kind: 'User' }, { kind: 'Group' }, null)).toBe(false);
  });
});

describe('a service account', () => {
  const all = role('r', [rule('*', '*', '*')]);
  const robot = AccessSubject.serviceAccount('a', 'robot').asStranger();
  const places = (subject: unknown, namespace?: string) => {
    const answer = reviewOf(all, binding('b', 'r', [subject], namespace)).where(
      robot,
      AccessAction.on('get', 'pods'),
    );
    return [...(answer.isClusterWide ? ['*'] : []), ...answer.namespaces];
  };

  test.each([
    ['by its name', account('robot', 'a')],
    ['by its user name', user('system:serviceaccount:a:robot')],
    ['with all accounts', group('system:serviceaccounts')],
    ['with all accounts of its namespace', group('system:serviceaccounts:a')],
    ['with whoever has logged in', group('system:authenticated')],
  ])('is bound %s, wherever', (_, subject) => {
    expect(places(subject, 'b')).toEqual(['b']);
    expect(places(subject)).toEqual(['*']);
  });

  test.each([
    account('robot', 'b'),
    account('robot2', 'a'),
    user('robot'),
    group('system:serviceaccounts:b'),
    group('system:unauthenticated'),
    group('system:serviceaccount:a:robot'),
  ])('is not bound by %j', (subject) => {
    expect(places(subject, 'b')).toEqual([]);
    expect(places(subject)).toEqual([]);
  });

  test('without a namespace is taken from that of the RoleBinding, and from none of a ClusterRoleBinding', () => {
    expect(places(account('robot'), 'a')).toEqual(['a']);
    expect(places(account('robot'), 'b')).toEqual([]);
    expect(places(account('robot'))).toEqual([]);
  });
});

test('whoever has not logged in has what is bound to them, and nothing of what is bound to the others', () => {
  const bound = (name: string) =>
    reviewOf(role('r', [rule('get', 'pods')]), binding('b', 'r', [group(name)])).where(
      AccessSubject.anonymous(),
      AccessAction.on('get', 'pods'),
    ).isClusterWide;
  expect(bound('system:unauthenticated')).toBe(true);
  expect(bound('system:authenticated')).toBe(false);
});

describe('a ClusterRole that aggregates others', () => {
  const read = AccessAction.on('get', 'pods');
  const part = (labels?: object) => role('part', [rule('get', 'pods')], undefined, labels);
  const namespacesWith = (...manifests: any[]) =>
    reviewOf(...manifests, binding('b', 'whole', [user('jane')], 'a')).where(jane, read).namespaces;

  test.each<[string, unknown, object | undefined, string[]]>([
    ['a label', { matchLabels: { x: '1' } }, { x: '1' }, ['a']],
    ['another value', { matchLabels: { x: '1' } }, { x: '2' }, []],
    ['two labels', { matchLabels: { x: '1', y: '1' } }, { x: '1' }, []],
    ['In', expression('In', ['1', '2']), { x: '2' }, ['a']],
    ['In, of another', expression('In', ['1']), { x: '2' }, []],
    ['In, without the label', expression('In', ['1']), {}, []],
    ['NotIn', expression('NotIn', ['1']), { x: '2' }, ['a']],
    ['NotIn, without the label', expression('NotIn', ['1']), undefined, ['a']],
    ['NotIn, of the same', expression('NotIn', ['1']), { x: '1' }, []],
    ['Exists', expression('Exists'), { x: '' }, ['a']],
    ['Exists, without the label', expression('Exists'), {}, []],
    ['DoesNotExist', expression('DoesNotExist'), {}, ['a']],
    ['DoesNotExist, with the label', expression('DoesNotExist'), { x: '1' }, []],
    ['everything', {}, undefined, ['a']],
    ['nothing', null, undefined, []],
    ['an operator that is none', expression('Like', ['1']), { x: '1' }, []],
    ['In without values', expression('In', []), { x: '1' }, []],
    ['a label that every object inherits', expression('Exists', [], 'toString'), {}, []],
    [
      'labels and expressions together',
      { matchLabels: { x: '1' }, ...expression('Exists', undefined, 'y') },
      { x: '1' },
      [],
    ],
  ])('takes in the rules of what its selector names: %s', (_, selector, labels, namespaces) => {
    expect(namespacesWith(aggregating('whole', [selector]), part(labels))).toEqual(namespaces);
  });

  test('takes in what any of its selectors names, and no Role', () => {
    const selectors = [{ matchLabels: { x: '1' } }, { matchLabels: { y: '1' } }];
    expect(namespacesWith(aggregating('whole', selectors), part({ y: '1' }))).toEqual(['a']);
    const namespaced = role('part', [rule('get', 'pods')], 'a', { y: '1' });
    expect(namespacesWith(aggregating('whole', selectors), namespaced)).toEqual([]);
  });

  test('takes in what those take in, in a circle, too', () => {
    const whole = aggregating('whole', [{ matchLabels: { x: '1' } }], { y: '1' });
    const middle = aggregating('middle', [{ matchLabels: { y: '1' } }], { x: '1' });
    expect(namespacesWith(whole, middle, part({ y: '1' }))).toEqual(['a']);
    expect(namespacesWith(whole, middle, part())).toEqual([]);
  });

  test('has its own rules, too, which Flux keeps writing', () => {
    const whole = { ...aggregating('whole', []), rules: [rule('get', 'pods')] };
    expect(namespacesWith(whole)).toEqual(['a']);
  });

  test('is never known to be harmless, because roles of others may carry its labels', () => {
    const answer = reviewOf(
      aggregating('whole', [{ matchLabels: { x: '1' } }]),
      binding('b', 'whole', [user('jane')], 'a'),
    ).where(jane, read);
    expect(answer.grants).toEqual([]);
    expect(answer.isNowhere).toBe(false);
    expect(answer.unknowns).toEqual([
      "RoleBinding 'b' in namespace 'a' gives ClusterRole 'whole', which takes in the rules of every " +
        'ClusterRole with its labels, also of those that are not in the program',
    ]);
  });

  function expression(operator: string, values?: string[], key = 'x') {
    return { matchExpressions: [{ key, operator, values }] };
  }
});

describe('a binding to a role that is not in the program', () => {
  const unknownIn = (namespace?: string) =>
    reviewOf(binding('b', 'cluster-admin', [user('jane')], namespace));

  test('is not known, rather than harmless', () => {
    const answer = unknownIn('a').where(jane, AccessAction.on('delete', 'secrets'));
    expect(answer.isNowhere).toBe(false);
    expect(answer.unknowns).toEqual([
      "RoleBinding 'b' in namespace 'a' gives ClusterRole 'cluster-admin', which is not in the program",
    ]);
    expect(unknownIn().rightsOf(jane).unknowns).toEqual([
      "ClusterRoleBinding 'b' gives ClusterRole 'cluster-admin', which is not in the program",
    ]);
  });

  test('is known to give nothing that its kind of binding cannot give', () => {
    for (const action of [
      AccessAction.on('delete', 'nodes'),
      AccessAction.on('delete', 'namespaces', 'b'),
      AccessAction.onUrl('get', '/metrics'),
    ]) {
      expect(unknownIn('a').where(jane, action).isNowhere).toBe(true);
      expect(unknownIn().where(jane, action).isNowhere).toBe(false);
    }
  });

  test('is no concern of anybody else', () => {
    expect(unknownIn().rightsOf(AccessSubject.user('bob').asStranger()).isNowhere).toBe(true);
  });

  test.each([undefined, {}, { kind: 'RoleBinding', name: 'b' }, 'cluster-admin'])(
    'is as unknown when it is no role: %j',
    (roleRef) => {
      const answer = reviewOf({ ...binding('b', '', [user('jane')]), roleRef }).rightsOf(jane);
      expect(answer.unknowns).toHaveLength(1);
    },
  );

  test('is as unknown when a ClusterRoleBinding names a Role', () => {
    const review = reviewOf(
      role('r', [rule('*', '*', '*')], 'a'),
      binding('b', 'r', [user('jane')], undefined, 'Role'),
    );
    expect(review.rightsOf(jane).unknowns).toHaveLength(1);
    expect(review.rightsOf(jane).grants).toEqual([]);
  });
});

describe('an answer', () => {
  const review = reviewOf(
    aggregating('whole', [{ matchLabels: { x: '1' } }]),
    role('part', [rule('get', 'pods'), rule('get list', 'secrets', '', 'x y')], undefined, {
      x: '1',
    }),
    role('urls', [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]),
    binding('b', 'whole', [user('jane')], 'a'),
    binding('b', 'part', [group('readers')], 'b'),
    binding('b', 'urls', [user('jane')]),
  );

  test('has the evidence: binding, subject, role, and the rule with the role that it was written in', () => {
    expect(review.where(jane, AccessAction.on('get', 'secrets', 'x')).grants).toEqual([
      {
        inNamespace: 'a',
        binding: "RoleBinding 'b' in namespace 'a'",
        subject: "User 'jane'",
        role: "ClusterRole 'whole'",
        source: "rule 2 of ClusterRole 'part'",
        rule: {
          apiGroups: [''],
          nonResourceUrls: [],
          resourceNames: ['x', 'y'],
          resources: ['secrets'],
          verbs: ['get', 'list'],
        },
        constructPaths: ['RoleBinding-b', 'ClusterRole-part'],
      },
      expect.objectContaining({
        inNamespace: 'b',
        subject: "Group 'readers'",
        role: "ClusterRole 'part'",
      }),
    ]);
  });

  test('reads as sentences', () => {
    expect(`${review.rightsOf(jane)}`.split('\n')).toEqual([
      "where User 'jane' may do anything: the whole cluster, a, b",
      "  get pods of '': RoleBinding 'b' in namespace 'a' gives User 'jane' ClusterRole 'whole', " +
        "and so rule 1 of ClusterRole 'part' [RoleBinding-b, ClusterRole-part]",
      "  get, list secrets of '' named x, y: RoleBinding 'b' in namespace 'a' gives User 'jane' " +
        "ClusterRole 'whole', and so rule 2 of ClusterRole 'part' [RoleBinding-b, ClusterRole-part]",
      "  get pods of '': RoleBinding 'b' in namespace 'b' gives Group 'readers' rule 1 of " +
        "ClusterRole 'part' [RoleBinding-b, ClusterRole-part]",
      "  get, list secrets of '' named x, y: RoleBinding 'b' in namespace 'b' gives Group 'readers' " +
        "rule 2 of ClusterRole 'part' [RoleBinding-b, ClusterRole-part]",
      "  get /metrics: ClusterRoleBinding 'b' gives User 'jane' rule 1 of ClusterRole 'urls' " +
        '[ClusterRoleBinding-b, ClusterRole-urls]',
      "  not known: RoleBinding 'b' in namespace 'a' gives ClusterRole 'whole', which takes in the " +
        'rules of every ClusterRole with its labels, also of those that are not in the program',
    ]);
    expect(
      `${review.where(AccessSubject.user('bob').asStranger(), AccessAction.on('get', 'pods'))}`,
    ).toBe("where User 'bob' may get pods: nowhere that is known");
  });

  test('of all rights leaves out rules that a RoleBinding cannot give', () => {
    const rights = reviewOf(
      role('r', [rule('get', 'nodes'), rule('get', 'namespaces'), rule('get', 'nodes pods')]),
      binding('b', 'r', [user('jane')], 'a'),
    ).rightsOf(jane);
    expect(rights.grants.map(({ source }) => source)).toEqual([
      "rule 2 of ClusterRole 'r'",
      "rule 3 of ClusterRole 'r'",
    ]);
  });
});

describe('a question', () => {
  test.each(['*', 'GET', '', 'get list', 'create\n'])('is about one verb, not %j', (verb) => {
    expect(() => AccessAction.on(verb, 'pods')).toThrow('verb must be one verb');
    expect(() => AccessAction.onUrl(verb, '/')).toThrow('verb must be one verb');
  });

  test.each(['*', 'pods/*', '*/status', 'Pods', '', 'pods ', 'a.b./c', '.apps', 'pods/log/x'])(
    'is about one resource, not %j',
    (resource) => {
      expect(() => AccessAction.on('get', resource)).toThrow('resource must be such as');
    },
  );

  test('is about a path from the root', () => {
    expect(() => AccessAction.onUrl('get', 'metrics')).toThrow("path must be such as '/metrics'");
  });

  test('is not asked of those whom nothing is refused', () => {
    const message = "group 'system:masters' may do everything";
    expect(() => AccessSubject.group('system:masters')).toThrow(message);
    expect(() => AccessSubject.user('jane', ['a', 'system:masters'])).toThrow(message);
  });
});

test('two roles of one name, one of which a list may hide, give the rules of both', () => {
  const review = reviewOf(
    role('r', [rule('delete', 'pods')]),
    role('r', [rule('get', 'pods')]),
    binding('b', 'r', [user('jane')], 'a'),
  );
  for (const verb of ['get', 'delete']) {
    expect(review.where(jane, AccessAction.on(verb, 'pods')).namespaces).toEqual(['a']);
  }
});

test('objects that are malformed give nothing, and break nothing', () => {
  const review = reviewOf(
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' } },
    role('s', { 0: rule('*', '*', '*') }),
    { apiVersion: 'rbac.authorization.k8s.io/v1' },
    binding('b', 'r', undefined),
    binding('c', 's', [user('jane')]),
    { ...role('t', []), apiVersion: undefined },
  );
  expect(review.rightsOf(jane).isNowhere).toBe(true);
});
