/** Whether texts such as labels are what a selector asks for. */
export type Selects = (texts: Readonly<Record<string, string>>) => boolean;

const KEY =
  /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
/** More than anybody writes, and less than takes long to read. */
const LONGEST = 1000;
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** Reads a label selector as Kubernetes writes it: `a=b,c in (d,e),!f`. Throws where it is none. */
export function selectorText(selector: string): Selects {
  if (selector.length > LONGEST) {
    throw new Error(`selector must be of ${LONGEST} characters at most, got ${selector.length}`);
  }
  const all = selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part, _, { length }) => length > 1 || part !== '')
    .map((part) => requirement(part, selector));
  return (texts) => all.every((one) => one(texts));
}

function requirement(part: string, selector: string): Selects {
  const [, negated, key, operator, list, value] =
    /^(!?)\s*([^\s!=<>(),]+)\s*(?:(in|notin)\s*\(([^()]*)\)|(?:(?:==?|!=|[<>])\s*[^\s!=<>(),]*))?$/.exec(
      part,
    ) ?? [];
  const [, sign, one = ''] = /(==?|!=|[<>])\s*([^\s!=<>(),]*)$/.exec(value ?? part) ?? [];
  if (key === undefined || !KEY.test(key) || (negated && (operator || sign))) {
    throw new Error(`selector must be such as 'a=b,c in (d,e),!f', got '${selector}'`);
  }
  const has = (texts: Readonly<Record<string, string>>) => Object.hasOwn(texts, key);
  if (!operator && !sign) {
    return (texts) => has(texts) !== Boolean(negated);
  }
  const values = operator ? list.split(',').map((each) => each.trim()) : [one];
  const wrong = values.find((each) => !VALUE.test(each));
  if (wrong !== undefined) {
    throw new Error(
      `selector '${selector}' asks for '${wrong}', which cannot be the value of a label`,
    );
  }
  if (sign === '<' || sign === '>') {
    return (texts) => has(texts) && isBeyond(texts[key], sign, one);
  }
  const isNegative = operator === 'notin' || sign === '!=';
  return (texts) =>
    isNegative
      ? !has(texts) || !values.includes(texts[key])
      : has(texts) && values.includes(texts[key]);
}

function isBeyond(text: string, sign: string, limit: string): boolean {
  const [number, bound] = [text, limit].map((one) =>
    /^[+-]?\d+$/.test(one) ? BigInt(one) : undefined,
  );
  if (number === undefined || bound === undefined) {
    return false;
  }
  return sign === '<' ? number < bound : number > bound;
}
