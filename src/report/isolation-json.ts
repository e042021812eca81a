import { Isolation } from './isolation/isolation';

/** The evidence of isolation for programs: `docs/isolation.schema.json` is its schema. */
export function isolationJson(isolation: Isolation): string {
  return `${JSON.stringify(isolation, undefined, 2)}\n`;
}
