/** The JSON pointer to what lies at `key` below `pointer`. */
export function pointerTo(pointer: string, key: string): string {
  return `${pointer}/${/[~/]/.test(key) ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key}`;
}

/** The keys on the way that a JSON pointer goes. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
