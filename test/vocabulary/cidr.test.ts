import { BlockList, isIP } from 'net';
import * as fc from 'fast-check';
import { contains, requireCidr } from '../../src/vocabulary/cidr';

const hextet = fc.nat(0xffff).map((group) => group.toString(16));
const v6 = fc.oneof(
  fc.ipV6(),
  fc.ipV6().map((address) => address.toUpperCase()),
  fc
    .tuple(fc.array(hextet, { maxLength: 8 }), fc.array(hextet, { maxLength: 8 }))
    .map(([head, tail]) => `${head.join(':')}::${tail.join(':')}`),
);
/** Texts that are nearly addresses. */
const nearly = fc.oneof(
  fc.ipV4(),
  v6,
  fc.string({ unit: fc.constantFrom(...'01259af:.::'), maxLength: 24 }),
  fc.tuple(v6, fc.ipV4()).map(([address, v4]) => `${address}:${v4}`),
  fc
    .tuple(v6, fc.nat(40), fc.constantFrom('', ':', '.', '0', 'g'))
    .map(([address, at, text]) => address.slice(0, at) + text + address.slice(at + 1)),
);

function isRange(cidr: string): boolean {
  try {
    requireCidr(cidr);
    return true;
  } catch {
    return false;
  }
}

describe('an address range', () => {
  test('has an address where Node sees one, and nowhere else', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const bits = isIP(text) === 4 ? 32 : 128;
        expect([text, isRange(`${text}/${bits}`)]).toEqual([text, isIP(text) !== 0]);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ':::::/8',
    '1::2::3/64',
    '1:2:3:4:5:6:7:8:9/8',
    '1:2:3:4:5:6:7::8:9/8',
    '1:2:3/8',
    ':1::/8',
    '1::2:/8',
    '12345::/8',
    '::g/8',
    '::1.2.3/96',
    '1.2.3.4::/96',
    'fe80::1%eth0/64',
    '01.2.3.4/8',
    '0x1.2.3.4/8',
    '1.2.3.256/8',
    '1.2.3/8',
    '1.2.3.4.5/8',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/+8',
    '10.0.0.0/8/8',
    '10.0.0.0/8\n',
    ' 10.0.0.0/8',
    '::/129',
    '::/-1',
    '/8',
    '',
  ])('is not %p', (cidr) => {
    expect(() => requireCidr(cidr)).toThrow(
      `address range must be such as '203.0.113.0/24', got '${cidr}'`,
    );
  });

  test.each([
    ['0.0.0.0/0', 4],
    ['255.255.255.255/32', 4],
    ['::/0', 6],
    ['::1/128', 6],
    ['FE80::/10', 6],
    ['1:2:3:4:5:6:7:8/128', 6],
    ['::2:3:4:5:6:7:8/128', 6],
    ['64:ff9b::1.2.3.4/96', 6],
    ['::ffff:1.2.3.4/96', 'mapped'],
    ['::FFFF:102:304/120', 'mapped'],
  ])('may be %p', (cidr, family) => {
    expect(requireCidr(cidr).family).toBe(family);
  });

  test('holds the addresses that Node finds in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), fc.ipV4(), (network, prefix, address) => {
        const list = new BlockList();
        list.addSubnet(network, prefix);
        expect(contains(requireCidr(`${network}/${prefix}`), requireCidr(`${address}/32`))).toBe(
          list.check(address),
        );
      }),
      { numRuns: 2000 },
    );
    expect(contains(requireCidr('2001:db8::/32'), requireCidr('2001:db8:1::/48'))).toBe(true);
    expect(contains(requireCidr('2001:db8::/32'), requireCidr('2001:db9::/48'))).toBe(false);
    expect(contains(requireCidr('2001:db8::/32'), requireCidr('2001::/16'))).toBe(false);
    expect(contains(requireCidr('::/0'), requireCidr('1.2.3.4/32'))).toBe(false);
  });

  test('is judged at once, however long it is', () => {
    for (const text of [':', '::', '0', '1.', '1:', '/']) {
      expect(() => requireCidr(text.repeat(1_000_000))).toThrow(/got '.{80}…'$/);
    }
  });
});
