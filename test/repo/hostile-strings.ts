import * as fc from 'fast-check';

/** Texts that some YAML parser has read as something else than text. */
export const HOSTILE_STRINGS = [
  ...['', ' ', '~', 'null', 'Null', 'NULL', 'true', 'True', 'yes', 'No', 'on', 'off', 'y', 'N'],
  ...['0', '-1', '+1', '0755', '0o17', '0x1F', '0b11', '1_000', '1e3', '1E-5', '.5', '5.', '1.10'],
  ...['.inf', '-.Inf', '.nan', 'NaN', 'inf', 'Infinity', '12:30', '12:30:45', '190:20:30.15'],
  ...['2026-11-20', '2026-11-20T10:00:00Z', '2001-12-14 21:59:43.10 -5', '1.2.3', '8Gi', '10m'],
  ...['=', '<<', '-', '--', '---', '...', '- a', '? a', ': a', 'a: b', 'a:', ':a', 'a #b', '#a'],
  ...[
    '&a',
    '*a',
    '!a',
    '!!str a',
    '|',
    '>',
    '|-',
    '%a',
    '@a',
    '`a`',
    '{a}',
    '[a]',
    '{}',
    '[]',
    ',',
  ],
  ...['"', "'", '\\', '\\n', '"a"', "'a'", "it's", 'a"b\'c', "a\\b'c", ' a', 'a ', '\ta', 'a\tb'],
  ...[
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    '\na',
    ' \na',
    'a\n b',
    'a\n\n  b\n',
    'a \nb',
    'a\n \nb',
    'a\r\nb',
  ],
  ...[
    '# a\nb',
    '---\na',
    '...\na\n',
    'a\n---\nb',
    '- a\n- b\n',
    'key: |\n  text\n',
    '\u0000',
    '\u0007',
  ],
  ...[
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufeffa',
    '\ufffd',
    '\ufffe',
    'ä',
    '日本',
    '😀',
  ],
  ...[
    '\u001b[31m',
    '$ts',
    '${ts}',
    '{{ .X }}',
    '^a-[0-9]+$',
    "status.conditions.exists(e, e.type == 'A')",
  ],
];

/** Any character that has a form in UTF-8: not `unit: 'binary'`, which makes a table of all of them first. */
const anyCharacter = fc
  .nat(0x10f7ff)
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));

/** Any text that has a form in UTF-8, of any characters alike. */
export const anyCharacters: fc.Arbitrary<string> = fc.string({ unit: anyCharacter });

/** Any text that has a form in UTF-8. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_STRINGS),
  anyCharacters,
  fc.string({
    unit: fc.constantFrom(...' \n\t:#-|>\'"\\ab0.e+_{}[],&*!%@`?~=\r\u0085\ufeff'.split('')),
  }),
  fc.string({ unit: fc.constantFrom(...'0123456789.eE+-_:xob TZ'.split('')) }),
);
