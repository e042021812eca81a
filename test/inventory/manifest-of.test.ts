import { ApiObject, App, Chart, JsonPatch, Lazy, ResolutionContext } from 'cdk8s';
import * as fc from 'fast-check';
import { manifestOf } from '../../src/inventory/manifest-of';

class Quantity {
  public constructor(public readonly value: string | number) {}
}

class Token {
  public constructor(private readonly content: unknown) {}
  public resolve(): unknown {
    return this.content;
  }
}

const key = fc.oneof(
  fc.constantFrom('spec', 'name', 'a', 'b', 'B', '10', '9', '__proto__', 'constructor', 'resolve'),
  fc.string({ maxLength: 3 }),
);

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined));

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    tie('list'),
    tie('map'),
    tie('strange'),
  ),
  list: fc.array(tie('any'), { maxLength: 3 }),
  map: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  strange: fc.oneof(
    tie('any').map((content) => Lazy.any({ produce: () => content })),
    tie('any').map((content) => new Token(content)),
    fc.oneof(fc.string(), fc.integer()).map((content) => new Quantity(content)),
    fc.constant(new Date(0)),
    fc.constant(Object.create(null)),
  ),
})).any;

const metadata = fc.record(
  {
    annotations: fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), {
      maxKeys: 2,
    }),
    finalizers: fc.array(fc.string(), { maxLength: 2 }),
    further: value,
  },
  { requiredKeys: [] },
);

const patch = fc.constantFrom(
  JsonPatch.add('/spec', { b: 1, a: [] }),
  JsonPatch.add('/zone', null),
  JsonPatch.remove('/metadata/name'),
  JsonPatch.remove('/nothing'),
);

/** What a function returns with the order of its keys, or why it throws. */
function outcome(write: () => unknown): string {
  try {
    return JSON.stringify(write(), (_, one) => (one === undefined ? '(undefined)' : one));
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

function objectOf(props: object, given: object = {}): ApiObject {
  const chart = new Chart(new App(), 'chart', { labels: { of: 'chart' }, namespace: 'apps' });
  return new ApiObject(chart, 'object', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    ...props,
    metadata: { name: 'settings', ...given },
  });
}

test('an object is written as cdk8s writes it, whatever it is made of', () => {
  fc.assert(
    fc.property(
      fc.dictionary(key, value, { maxKeys: 4 }),
      metadata,
      fc.array(patch, { maxLength: 2 }),
      (props, given, patches) => {
        const object = objectOf(props, given);
        object.addJsonPatch(...patches);
        expect(outcome(() => manifestOf(object))).toBe(outcome(() => object.toJson()));
      },
    ),
    { numRuns: 2000 },
  );
});

test('an ordinary object is not written by cdk8s', () => {
  const object = objectOf({ data: { b: '2', a: Lazy.any({ produce: () => '1' }) } });
  const byCdk8s = jest.spyOn(object.metadata, 'toJson');

  expect(manifestOf(object)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { labels: { of: 'chart' }, name: 'settings', namespace: 'apps' },
    data: { a: '1', b: '2' },
  });
  expect(byCdk8s).not.toHaveBeenCalled();
});

test('an object that writes itself is left to itself', () => {
  class Own extends ApiObject {
    public toJson(): any {
      return { ...super.toJson(), kind: 'Own' };
    }
  }
  const object = new Own(new Chart(new App(), 'chart'), 'own', { apiVersion: 'v1', kind: 'Given' });

  expect(manifestOf(object).kind).toBe('Own');
});

test('the resolvers of a program are asked', () => {
  const resolve = (context: ResolutionContext): void => {
    if (context.value === 'secret') {
      context.replaceValue('resolved');
    }
  };
  const chart = new Chart(new App({ resolvers: [{ resolve }] }), 'chart');
  const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'X', spec: 'secret' });

  expect(manifestOf(object).spec).toBe('resolved');
});

test('cdk8s may be told not to sort', () => {
  const object = objectOf({ data: { b: '2', a: '1' } });
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(Object.keys(manifestOf(object).data)).toEqual(['b', 'a']);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});
