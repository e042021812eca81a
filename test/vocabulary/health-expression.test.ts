import { HealthExpression } from '../../src';
import { evaluated } from '../policies/evaluate';

/** What one expression is of an object: true or false, or an error, such as that of a missing field. */
type Answer = true | false | 'error';

/** What the expressions of each case are of its object. */
function answers(cases: { expression: string; object: any }[]): Answer[] {
  return cases.map(({ expression, object }) => {
    const { broken } = evaluated({ variables: {}, rules: [expression], context: object });
    return broken ? broken.length === 0 : 'error';
  });
}

type Verdict = 'healthy' | 'in progress' | 'failed' | 'asked again';

const ORDER: Verdict[] = ['in progress', 'failed', 'healthy'];

/** As Flux judges (RFC 0009): first whether the status is of the last change, then `inProgress`, `failed` and `current`. */
function verdict({ metadata, status }: any, given: Answer[]): Verdict {
  const observed = status?.observedGeneration ?? metadata.generation;
  const first = given.findIndex((answer) => answer !== false);
  if (observed !== metadata.generation || first < 0) {
    return 'in progress';
  }
  return given[first] === 'error' ? 'asked again' : ORDER[first];
}

const condition = (type: string, status: string, observedGeneration?: number) => ({
  type,
  status,
  ...(observedGeneration !== undefined && { observedGeneration }),
});
const conditions = (...all: any[]) => ({ conditions: all });
const parent = (name: string, accepted: string, resolved: string, generation = 2) => ({
  parentRef: { name },
  ...conditions(
    condition('Accepted', accepted, generation),
    condition('ResolvedRefs', resolved, generation),
  ),
});
const parentRefs = (...names: string[]) => ({ parentRefs: names.map((name) => ({ name })) });

const canary = HealthExpression.canary();
const sealed = HealthExpression.sealedSecret();
const gateway = HealthExpression.gateway();
const route = HealthExpression.httpRoute();
const certificate = HealthExpression.condition('cert-manager.io/v1', 'Certificate', 'Ready');
const own = HealthExpression.of({
  apiVersion: 'example.com/v1',
  kind: 'Database',
  inProgress: "status.phase == 'Creating'",
  failed: "status.phase == 'Failed' || status.broken",
  current: "status.phase == 'Ready' || status.phase == 'Failed'",
});

/** Objects are in their second generation. */
const TABLE: [string, HealthExpression, any, Verdict][] = [
  ['a canary that Flagger has not seen', canary, {}, 'asked again'],
  ['a canary without conditions', canary, { status: { phase: '' } }, 'in progress'],
  [
    'a canary in analysis',
    canary,
    { status: conditions(condition('Promoted', 'Unknown')) },
    'in progress',
  ],
  [
    'a canary that was promoted',
    canary,
    { status: conditions(condition('Promoted', 'True')) },
    'healthy',
  ],
  [
    'a canary that was rolled back',
    canary,
    { status: conditions(condition('Promoted', 'False')) },
    'failed',
  ],
  [
    'a canary with conditions of others only',
    canary,
    { status: conditions(condition('Ready', 'True')) },
    'in progress',
  ],

  ['a sealed secret that nobody has seen', sealed, {}, 'asked again'],
  [
    'a sealed secret without conditions',
    sealed,
    { status: { observedGeneration: 2 } },
    'in progress',
  ],
  [
    'a sealed secret that is decrypted',
    sealed,
    { status: { observedGeneration: 2, ...conditions(condition('Synced', 'True')) } },
    'healthy',
  ],
  [
    'a sealed secret whose earlier text is decrypted',
    sealed,
    { status: { observedGeneration: 1, ...conditions(condition('Synced', 'True')) } },
    'in progress',
  ],
  [
    'a sealed secret of another cluster',
    sealed,
    { status: { observedGeneration: 2, ...conditions(condition('Synced', 'False')) } },
    'failed',
  ],

  [
    'a gateway that no controller has seen',
    gateway,
    { status: conditions(condition('Accepted', 'Unknown'), condition('Programmed', 'Unknown')) },
    'in progress',
  ],
  [
    'a gateway that is accepted only',
    gateway,
    { status: conditions(condition('Accepted', 'True', 2), condition('Programmed', 'False', 2)) },
    'in progress',
  ],
  [
    'a gateway that is programmed',
    gateway,
    { status: conditions(condition('Accepted', 'True', 2), condition('Programmed', 'True', 2)) },
    'healthy',
  ],
  [
    'a gateway that was programmed before its change',
    gateway,
    { status: conditions(condition('Accepted', 'True', 2), condition('Programmed', 'True', 1)) },
    'in progress',
  ],

  ['a route that no controller has seen', route, { spec: parentRefs('a') }, 'asked again'],
  [
    'a route that no gateway took',
    route,
    { spec: parentRefs('a'), status: { parents: [] } },
    'in progress',
  ],
  [
    'a route that its gateway took',
    route,
    { spec: parentRefs('a'), status: { parents: [parent('a', 'True', 'True')] } },
    'healthy',
  ],
  [
    'a route that one of two gateways took',
    route,
    { spec: parentRefs('a', 'b'), status: { parents: [parent('a', 'True', 'True')] } },
    'in progress',
  ],
  [
    'a route that one of two gateways refused',
    route,
    {
      spec: parentRefs('a', 'b'),
      status: { parents: [parent('a', 'True', 'True'), parent('b', 'False', 'True')] },
    },
    'in progress',
  ],
  [
    'a route of two gateways of one name, of which one took it',
    route,
    {
      spec: { parentRefs: [{ name: 'a' }, { name: 'a', namespace: 'public' }] },
      status: { parents: [parent('a', 'True', 'True')] },
    },
    'in progress',
  ],
  [
    'a route whose gateway is named with its namespace by one side alone',
    route,
    {
      spec: { parentRefs: [{ name: 'a', namespace: 'apps' }] },
      status: { parents: [parent('a', 'True', 'True')] },
    },
    'healthy',
  ],
  [
    'a route that names no gateway',
    route,
    { spec: {}, status: { parents: [parent('a', 'True', 'True')] } },
    'healthy',
  ],
  [
    'a route to a service that is not there',
    route,
    { spec: parentRefs('a'), status: { parents: [parent('a', 'True', 'False')] } },
    'in progress',
  ],
  [
    'a route that was accepted before its change',
    route,
    { spec: parentRefs('a'), status: { parents: [parent('a', 'True', 'True', 1)] } },
    'in progress',
  ],

  ['a certificate that nobody has seen', certificate, {}, 'asked again'],
  ['a certificate without conditions', certificate, { status: {} }, 'in progress'],
  [
    'a certificate in issuance',
    certificate,
    { status: conditions(condition('Ready', 'False', 2)) },
    'in progress',
  ],
  [
    'a certificate that is issued',
    certificate,
    { status: conditions(condition('Ready', 'True', 2)) },
    'healthy',
  ],
  [
    'a certificate for the names of before',
    certificate,
    { status: conditions(condition('Ready', 'True', 1)) },
    'in progress',
  ],
  [
    'a condition that tells no generation',
    certificate,
    { status: conditions(condition('Ready', 'True')) },
    'healthy',
  ],

  [
    'what is in progress, also where it failed',
    own,
    { status: { phase: 'Creating', broken: true } },
    'in progress',
  ],
  ['what failed, also where it is current', own, { status: { phase: 'Failed' } }, 'failed'],
  ['what is current', own, { status: { phase: 'Ready', broken: false } }, 'healthy'],
  ['what cannot be evaluated before that', own, { status: { phase: 'Ready' } }, 'asked again'],
  ['what nothing is true of', own, { status: { phase: 'Odd', broken: false } }, 'in progress'],
];

describe('health by expressions', () => {
  let judged: Verdict[];
  beforeAll(() => {
    const rows = TABLE.map(([, { _spec }, fields]) => ({
      expressions: [_spec.inProgress, _spec.failed, _spec.current],
      object: { metadata: { generation: 2, namespace: 'apps' }, ...fields },
    }));
    const given = answers(
      rows.flatMap(({ expressions, object }) =>
        expressions.map((expression = 'false') => ({ expression, object })),
      ),
    );
    judged = rows.map(({ object }, row) => verdict(object, given.slice(row * 3, row * 3 + 3)));
  });

  test.each(TABLE.map(([title, , , expected], row) => ({ title, expected, row })))(
    '$title is $expected',
    ({ expected, row }) => expect(judged[row]).toBe(expected),
  );
});

describe('a health expression', () => {
  const of = (current: any, more: any = {}) =>
    HealthExpression.of({ apiVersion: 'example.com/v1', kind: 'Database', current, ...more });

  test.each([
    ["status.phase == 'Ready'"],
    ["status.note.contains('a ( b = c \\' d')"],
    ['status.note == r"\\" && true'],
    ['status.note == """it\'s"""'],
    ['// don\'t ask\nstatus.ready >= 1 && status.map["a"] != [1, 2][0]'],
    ['status.?conditions.orValue([]).exists(e, e.status == "True")'],
  ])('may be %p', (current) => expect(of(current)._spec.current).toBe(current));

  test.each([
    ['', 'is empty'],
    [' \n', 'is empty'],
    ['// later', 'is empty'],
    ['status.ready\u0000', 'holds a control character'],
    ['status.ready\u2028', 'holds a control character'],
    ["status.phase == 'Ready", 'has a quote that does not end'],
    ["status.phase = 'Ready'", "has '=' where '==' compares"],
    ["status.conditions[?(@.type=='Ready')]", "has '@', which CEL does not know"],
    ['${status.ready}', "has '$', which CEL does not know"],
    ['has(status.ready', 'has a bracket without its other half'],
    ['status.list[0)', 'has a bracket without its other half'],
  ])('is never %j', (expression, message) => {
    expect(() => of(expression)).toThrow(message);
    expect(() => of('true', { failed: expression })).toThrow(
      `'failed' of health expression of 'Database' must be an expression in CEL, such as "status.phase == 'Ready'", but ${message}`,
    );
    expect(() => of('true', { inProgress: expression })).toThrow(message);
  });

  test('is of a kind that there can be', () => {
    expect(() => of('true', { kind: 'deployments' })).toThrow(
      "kind of a health expression must be a word in capitals and small letters, such as 'Deployment', got 'deployments'",
    );
    expect(() => of('true', { apiVersion: 'apps' })).toThrow(
      "apiVersion of a health expression must be a group and a version, such as 'apps/v1', got 'apps'",
    );
    expect(() => of(undefined)).toThrow("'current' of health expression of 'Database' is missing");
  });

  test('asks for no condition whose type ends the text that it is put into', () => {
    expect(() => HealthExpression.condition('a.example/v1', 'Thing', "x' || true || '")).toThrow(
      "type of a condition must be a word, such as 'Available', got 'x' || true || ''",
    );
    const { current } = HealthExpression.condition('a.example/v1', 'Thing', 'a.example/Up')._spec;
    expect(current).toContain("e.type == 'a.example/Up'");
  });
});
