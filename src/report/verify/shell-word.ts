/** `text` as one word of a POSIX shell that means itself, whatever is in it. */
export function shellWord(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
