import * as fc from 'fast-check';

/** Of tags of one form: what the pattern is meant to extract, the rest, and whether a tag has that form at all. */
type Values = readonly (readonly [value: string, rest: string, fits: boolean])[];

export const extracted = (values: fc.Arbitrary<string>): fc.Arbitrary<Values> =>
  fc.array(fc.tuple(values, words, fc.nat(19).map(Boolean)), { maxLength: 6 });

class Filter {
  /** @param form of the tags: `%` is the value, `#` the rest */
  public constructor(
    private readonly pattern: string,
    private readonly extract: string,
    private readonly form: string,
  ) {}

  public options(descending: boolean): { pattern: string; extract: string; descending: boolean } {
    return { pattern: this.pattern, extract: this.extract, descending };
  }

  public tags(values: Values): string[] {
    return values.map(([value, rest, fits]) =>
      fits ? this.form.replace(/[%#]/g, (place) => (place === '%' ? value : rest)) : rest,
    );
  }
}

const TAKEN = [
  new Filter('^(?P<n>.*)$', '$n', '%'),
  new Filter('^(?P<n>.+)$', '$1', '%'),
  new Filter('^(.*)$', '$1', '%'),
  new Filter('^(.*)$', '$0', '%'),
  new Filter('^main-[a-f0-9]+-(?P<ts>[0-9]+)$', '$ts', 'main-0e1-%'),
  new Filter('^main-(?P<sha>[a-z]*)-(?P<n>.*)$', '$n', 'main-#-%'),
  new Filter('^(?P<n>[^-]*)-(?P<rest>.*)$', '$n', '%-#'),
  new Filter('^v(?P<n>[-+0-9.eE]+)$', '$n', 'v%'),
  new Filter('^v(?P<n>\\d+)?$', '$n', 'v%'),
  new Filter('^v(?P<n>\\d+?)(?P<m>\\d*)$', '$n', 'v%'),
  new Filter('^a(?P<n>.*)|b(?P<m>.*)$', '$n', 'b%'),
  new Filter('^(?i)V(?P<n>[[:alnum:]]*)$', '$n', 'v%'),
  new Filter('^(?P<n>\\w*?)\\.?$', '$n', '%'),
  new Filter('^(?<n>.*)$', '$n', '%'),
];
const REFUSED = [
  new Filter('^(?P<n>(?:[0-9]|[a-c])*)$', '${n}', '%'),
  new Filter('^(?P<n>.*)-(?P<m>.*)$', '$n.$m', '%-#'),
  new Filter('^(?P<n>.*)-(?P<m>.*)$', '$nm', '%-#'),
  new Filter('^(.*)-(.*)$', '$1x', '%-#'),
  new Filter('^(.*)-(.*)$', '$3', '%-#'),
  new Filter('^(?P<n>.*)', '$n', '%-#'),
  new Filter('(?P<n>[0-9]+)', '$n', 'v%'),
  new Filter('^(?P<n>.*)(?=x)$', '$n', '%x'),
  new Filter('^(?P<n>.*$', '$n', '%'),
  new Filter('^[0-9]+$', '', '%'),
];
/** More of those that `TagPolicy` takes than of those that it refuses. */
export const filters = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TAKEN) },
  { weight: 1, arbitrary: fc.constantFrom(...REFUSED) },
);

const whole = { min: 2n ** 53n - 3n, max: 2n ** 53n + 3n };
export const numbers = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -3, max: 30 }).map(String) },
  { weight: 2, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }).map(String) },
  { weight: 1, arbitrary: fc.bigInt(whole).map(String) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['1.0', '1.5', '01', '.5', '5.', '-0', '0.0', '+1', '1e3', '1E3', '1000', '1e-3', '1e+3'],
      ...['1e-400', '0.1', '0.10', '2026', '20261121', '1700000000', '0.30000000000000004'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['1e400', '-1e400', '99999999999999999999', 'NaN', 'nan', 'Inf', '-inf', 'Infinity'],
      ...['0x10', '0x1p-2', '1_0', '1.1.1', 'x', '-', 'e', ''],
    ),
  },
);
export const words = fc.oneof(
  numbers,
  fc.stringMatching(/^[aAbBzZ_.-]{0,4}$/),
  fc.constantFrom('2026-05-11T05-55-05Z', '2026-05-11', 'RELEASE.2', '10', '9', '00'),
);
