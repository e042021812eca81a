import { quoted } from './quoted';

const API_VERSION = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[0-9][a-z0-9]*$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;

/** Throws when `apiVersion` and `kind` cannot be those of an object. */
export function requireKind(what: string, apiVersion: string, kind: string): void {
  if (!API_VERSION.test(apiVersion)) {
    throw new Error(
      `apiVersion of ${what} must be a group and a version, such as 'apps/v1', got ${quoted(apiVersion)}`,
    );
  }
  if (!KIND.test(kind)) {
    throw new Error(
      `kind of ${what} must be a word in capitals and small letters, such as 'Deployment', got ${quoted(kind)}`,
    );
  }
}
