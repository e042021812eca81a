import { quoted } from './quoted';

/** A range of addresses; a mapped one is IPv4 in the spelling of IPv6, which many programs take for IPv4. */
export interface AddressRange {
  readonly family: 4 | 6 | 'mapped';
  readonly address: bigint;
  readonly prefix: number;
}

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const HEXTET = /^[0-9a-fA-F]{1,4}$/;
const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;

/** Returns the range that `cidr` is; throws when it is none. */
export function requireCidr(cidr: string): AddressRange {
  const [address, prefix, ...more] = String(cidr).split('/', 3);
  const v4 = v4Address(address);
  const bits = v4 ?? v6Address(address);
  const length = v4 === undefined ? 128 : 32;
  if (
    bits === undefined ||
    more.length > 0 ||
    !PREFIX.test(prefix ?? '') ||
    Number(prefix) > length
  ) {
    throw new Error(`address range must be such as '203.0.113.0/24', got ${quoted(cidr)}`);
  }
  const isMapped = length === 128 && Number(prefix) >= 96 && bits >> 32n === 0xffffn;
  const family = length === 32 ? 4 : isMapped ? 'mapped' : 6;
  return { family, address: bits, prefix: Number(prefix) };
}

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  const length = outer.family === 4 ? 32 : 128;
  const rest = BigInt(length - outer.prefix);
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    outer.address >> rest === inner.address >> rest
  );
}

function v4Address(text: string): bigint | undefined {
  const octets = text.length <= 15 ? text.split('.') : [];
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255)
    ? octets.reduce((address, octet) => (address << 8n) | BigInt(octet), 0n)
    : undefined;
}

function v6Address(text: string): bigint | undefined {
  const halves = text.length <= 45 ? text.split('::') : [];
  if (halves.length < 1 || halves.length > 2) {
    return undefined;
  }
  const head = hextets(halves[0], halves.length === 1);
  const tail = halves.length === 1 ? [] : hextets(halves[1], true);
  if (!head || !tail) {
    return undefined;
  }
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) {
    return undefined;
  }
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce(
    (address, hextet) => (address << 16n) | hextet,
    0n,
  );
}

/** The groups of `text`, the last of which may be an IPv4 address; `undefined` when one is wrong. */
function hextets(text: string, isLast: boolean): bigint[] | undefined {
  if (text === '') {
    return [];
  }
  const found: bigint[] = [];
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    const v4 = isLast && i === groups.length - 1 ? v4Address(group) : undefined;
    if (v4 !== undefined) {
      found.push(v4 >> 16n, v4 & 0xffffn);
    } else if (HEXTET.test(group)) {
      found.push(BigInt(`0x${group}`));
    } else {
      return undefined;
    }
  }
  return found;
}
