import * as fc from 'fast-check';
import { AccessAction, AccessSubject } from '../../src';
import { account, aggregating, binding, group, reviewOf, role, user } from './rbac-manifests';

/** A request as the API server hands it to its authorizer: everything is there, or empty. */
interface Request {
  readonly user: string;
  readonly groups: readonly string[];
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

const NAMESPACES = ['a', 'b'];
const NAMES = ['x', 'a', 'b'];

/** Whether RBAC allows one request: every binding, every rule, nothing clever. */
function allows(objects: readonly any[], request: Request): boolean {
  return objects
    .filter(({ kind }) => kind.endsWith('Binding'))
    .some(({ kind, metadata, roleRef, subjects }) => {
      const isCluster = kind === 'ClusterRoleBinding';
      if (!isCluster && metadata.namespace !== request.namespace) {
        return false;
      }
      const isBound = subjects.some((subject: any) => {
        if (subject.kind === 'User') {
          return subject.name === request.user;
        }
        if (subject.kind === 'Group') {
          return request.groups.includes(subject.name);
        }
        const namespace = subject.namespace ?? metadata.namespace;
        return (
          namespace !== undefined &&
          request.user === ['system', 'serviceaccount', namespace, subject.name].join(':')
        );
      });
      const bound = objects.find(
        (one) =>
          one.kind === roleRef.kind &&
          one.metadata.name === roleRef.name &&
          (one.kind === 'ClusterRole' || one.metadata.namespace === metadata.namespace),
      );
      return isBound && bound && rulesOf(objects, bound).some((rule) => matches(rule, request));
    });
}

/** The rules of a role once the controller that aggregates has come to rest. */
function rulesOf(objects: readonly any[], wanted: any): any[] {
  const clusterRoles = objects.filter(({ kind }) => kind === 'ClusterRole');
  const rules = new Map(clusterRoles.map((one) => [one, new Set<any>(one.rules)]));
  for (let round = 0; round < clusterRoles.length; round++) {
    for (const one of clusterRoles.filter(({ aggregationRule }) => aggregationRule)) {
      for (const other of clusterRoles) {
        const labels = other.metadata.labels ?? {};
        const selectors: any[] = one.aggregationRule.clusterRoleSelectors;
        if (
          selectors.some(({ matchLabels }) =>
            Object.keys(matchLabels).every((key) => labels[key] === matchLabels[key]),
          )
        ) {
          rules.get(other)!.forEach((rule) => rules.get(one)!.add(rule));
        }
      }
    }
  }
  return [...(rules.get(wanted) ?? wanted.rules)];
}

function matches(rule: any, { verb, group: apiGroup, resource, subresource, name }: Request) {
  const spellings = subresource
    ? ['*', `${resource}/${subresource}`, `*/${subresource}`]
    : ['*', resource];
  return (
    ['*', verb].some((one) => rule.verbs.includes(one)) &&
    ['*', apiGroup].some((one) => rule.apiGroups.includes(one)) &&
    spellings.some((one) => rule.resources.includes(one)) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(name))
  );
}

/** The names that requests of a verb can carry. */
function namesOf(verb: string, name: string | undefined): string[] {
  if (name !== undefined) {
    return [name];
  }
  return verb === 'deletecollection' ? [''] : ['', ...NAMES];
}

interface Question {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name?: string;
}

/** Every request that a question stands for, in one namespace or, as '', in none. */
function requestsFor(question: Question, namespace: string): Omit<Request, 'user' | 'groups'>[] {
  const { verb, group: apiGroup, resource } = question;
  const lies = apiGroup === '' && ['nodes', 'namespaces'].includes(resource) ? 'nowhere' : 'in one';
  const all = namesOf(verb, question.name).map((name) => ({ ...question, namespace, name }));
  if (namespace === '' || lies === 'in one') {
    return all;
  }
  const hasName = !['list', 'create', 'deletecollection'].includes(verb);
  return resource === 'namespaces' && hasName ? all.filter(({ name }) => name === namespace) : [];
}

const WORDS = {
  verbs: ['get', 'list', 'create', 'deletecollection'],
  groups: ['', 'apps'],
  resources: ['pods', 'nodes', 'namespaces'],
  subresources: ['', 'status', 'log'],
  labels: ['p', 'q'],
};
const some = <T>(items: T[], maxLength = 2) =>
  fc.subarray(items, { minLength: 1, maxLength: Math.min(maxLength, items.length) });

const anyRule = fc.record({
  verbs: some([...WORDS.verbs, '*']),
  apiGroups: some([...WORDS.groups, '*']),
  resources: some([
    ...WORDS.resources,
    ...['*', 'pods/log', 'pods/status', '*/status', 'nodes/*', '*/log', 'namespaces/status'],
  ]),
  resourceNames: fc.option(some(NAMES), { nil: undefined, freq: 2 }),
});
const anyLabels = fc.option(
  fc.dictionary(fc.constantFrom(...WORDS.labels), fc.constantFrom('1', '2'), { maxKeys: 2 }),
  { nil: undefined },
);
const anySubject = fc.oneof(
  fc.constantFrom('jane', 'system:serviceaccount:a:robot').map(user),
  fc
    .constantFrom('readers', 'system:serviceaccounts:a', 'system:authenticated', 'others')
    .map(group),
  fc
    .tuple(fc.constantFrom('robot', 'jane'), fc.constantFrom(...NAMESPACES, undefined))
    .map(([name, namespace]) => account(name, namespace)),
);
const anySelectors = fc.array(
  anyLabels.map((matchLabels) => ({ matchLabels: matchLabels ?? {} })),
  { maxLength: 2 },
);
const anyPlace = fc.constantFrom(...NAMESPACES, undefined);
const anyRules = fc.array(anyRule, { maxLength: 2 });

/** Four roles, three of them ClusterRoles of which two aggregate, and bindings to them: one cluster's worth. */
const anyObjects = fc
  .record({
    namespaced: anyRules.map((rules) => role('r0', rules, 'a')),
    plain: fc
      .tuple(anyRules, anyLabels)
      .map(([rules, labels]) => role('r1', rules, undefined, labels)),
    whole: fc
      .tuple(anySelectors, anyLabels, anyRules)
      .map(([selectors, labels, rules]) => ({ ...aggregating('r2', selectors, labels), rules })),
    another: fc
      .tuple(anySelectors, anyLabels)
      .map(([selectors, labels]) => aggregating('r3', selectors, labels)),
    bindings: fc.array(
      fc
        .tuple(
          fc.constantFrom('r0', 'r1', 'r2', 'r3'),
          fc.array(anySubject, { minLength: 1, maxLength: 2 }),
          anyPlace,
        )
        .map(([name, subjects, place]) =>
          binding('b', name, subjects, place, name === 'r0' ? 'Role' : 'ClusterRole'),
        ),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ namespaced, plain, whole, another, bindings }) => [
    namespaced,
    plain,
    whole,
    another,
    ...bindings,
  ]);

const anyQuestion: fc.Arbitrary<Question> = fc.record({
  verb: fc.constantFrom(...WORDS.verbs),
  group: fc.constantFrom(...WORDS.groups),
  resource: fc.constantFrom(...WORDS.resources),
  subresource: fc.constantFrom(...WORDS.subresources),
  name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
});

const robot = ['system:serviceaccounts', 'system:serviceaccounts:a', 'system:authenticated'];
const SUBJECTS: [AccessSubject, string, string[]][] = [
  [
    AccessSubject.user('jane', ['readers']).asStranger(),
    'jane',
    ['readers', 'system:authenticated'],
  ],
  [AccessSubject.serviceAccount('a', 'robot').asStranger(), 'system:serviceaccount:a:robot', robot],
  [AccessSubject.group('readers').asStranger(), '-', ['readers', 'system:authenticated']],
];

test('the answer to any question is that of Kubernetes to every request it stands for', () => {
  const answers = { yes: 0, no: 0 };
  fc.assert(
    fc.property(anyObjects, anyQuestion, (objects, question) => {
      const { verb, group: apiGroup, resource, subresource, name } = question;
      const spelled = resource + (apiGroup && `.${apiGroup}`) + (subresource && `/${subresource}`);
      const action = AccessAction.onCustom(verb, spelled, name);
      const review = reviewOf(...objects);
      for (const [subject, userName, groups] of SUBJECTS) {
        const answer = review.where(subject, action);
        const allowedIn = (namespace: string) =>
          requestsFor(question, namespace).some((request) =>
            allows(objects, { ...request, user: userName, groups }),
          );
        const said = {
          wide: answer.isClusterWide,
          in: NAMESPACES.map((n) => answer.isAllowedIn(n)),
        };
        const isOfCluster = apiGroup === '' && resource !== 'pods';
        expect(said.wide).toBe(allowedIn(''));
        // In a namespace there is no request for what lies in none, but those for the Namespace itself.
        expect(said.in).toEqual(NAMESPACES.map((n) => allowedIn(n) || (isOfCluster && said.wide)));
        expect(answer.grants.length > 0).toBe(said.wide || said.in.includes(true));
        answers[answer.grants.length > 0 ? 'yes' : 'no']++;
      }
    }),
    { numRuns: 3000 },
  );
  // Neither answer is the exception.
  expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(100);
});
