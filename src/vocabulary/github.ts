import { quoted } from './quoted';

/** Who vouches for jobs of GitHub Actions. */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** Throws when GitHub has no repository of such a name. */
export function requireGithubRepository(repository: string): void {
  if (!/^[A-Za-z0-9_-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
    throw new Error(`repository must be 'owner/name', got ${quoted(repository)}`);
  }
}
