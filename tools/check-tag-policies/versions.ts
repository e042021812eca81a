import * as fc from 'fast-check';

const often = <T>(arbitrary: fc.Arbitrary<T>, weight: number) => ({ arbitrary, weight });
const rarely = <T>(...values: T[]) => ({ arbitrary: fc.constantFrom(...values), weight: 1 });

const digits = fc.oneof(
  often(fc.integer({ min: 0, max: 3 }).map(String), 30),
  often(fc.constantFrom('10', '20', '100', '2024'), 3),
  rarely('00', '01', '007', '010'),
  rarely('9007199254740992', '9007199254740993', '18446744073709551615', '18446744073709551616'),
);
const preRelease = fc.oneof(
  often(fc.constant(''), 12),
  often(fc.constantFrom('-0', '-rc.1', '-rc.2', '-rc.10', '-alpha', '-1'), 4),
  rarely('-rc1', 'rc1', '-RC.1', '-alpha.beta', '-a-b', '--', '-', '.4'),
  rarely('-01', '-rc.01', '-rc..1', '-9007199254740993', '-x', '-rc_1'),
);
const build = fc.oneof(often(fc.constant(''), 15), rarely('+1', '+build.5', '+01', '_1', '+'));

const version = (part: fc.Arbitrary<string>, prefix: fc.Arbitrary<string>) =>
  fc
    .tuple(
      prefix,
      fc.oneof(
        often(fc.array(part, { minLength: 3, maxLength: 3 }), 3),
        often(fc.array(part, { minLength: 1, maxLength: 2 }), 1),
      ),
      preRelease,
      build,
    )
    .map(([v, parts, pre, meta]) => `${v}${parts.join('.')}${pre}${meta}`);

const tag = fc.oneof(
  often(
    version(
      digits,
      fc.oneof(often(fc.constant(''), 12), often(fc.constant('v'), 4), rarely('V', 'vv', 'v.')),
    ),
    15,
  ),
  rarely('latest', 'main', 'v', '20240102', '2024.01.02', 'release-1.0.0'),
);
export const versionTags = fc.array(tag, { maxLength: 8 });

const compared = version(
  fc.oneof(often(digits, 12), rarely('x', 'X', '*')),
  fc.oneof(often(fc.constant(''), 12), rarely('v')),
);
const comparison = fc
  .tuple(
    fc.oneof(
      often(fc.constantFrom('', '>=', '<', '^', '~', '=', '!=', '>', '<='), 24),
      rarely('~>', '=>', '=<', '==', '!', '<>', '> ='),
    ),
    fc.oneof(often(fc.constant(''), 8), rarely(' ', '  ')),
    compared,
  )
  .map((parts) => parts.join(''));
const hyphen = fc
  .tuple(
    compared,
    fc.oneof(often(fc.constant(' - '), 8), rarely('  -  ', '-', ' -', '- ')),
    compared,
  )
  .map((parts) => parts.join(''));
const joined = (one: fc.Arbitrary<string>, separator: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(one, { minLength: 2, maxLength: 3 }), separator)
    .map(([all, by]) => all.join(by));
const and = fc.oneof(often(fc.constantFrom(' ', ',', ', '), 12), rarely(' , ', '  ', ',,', ''));
const group = fc.oneof(
  often(comparison, 8),
  often(joined(comparison, and), 6),
  often(hyphen, 3),
  often(joined(fc.oneof(comparison, hyphen), and), 1),
  rarely('*', 'x', '', ' ', '>=1.0.0-0', '>=1.0.0-0 <2.0.0', '>=1.0.0-0 <2.0.0-0', 'latest'),
);

/** In every form that either side could know. */
export const ranges = fc.oneof(
  often(group, 3),
  often(joined(group, fc.oneof(often(fc.constantFrom('||', ' || '), 8), rarely('|', ' |'))), 1),
);
