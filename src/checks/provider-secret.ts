import { pointerOf, textAt, valueAt } from './manifest-fields';
import { WantedSecret } from './wanted-secrets';

/** Sets of keys of which one will do. */
type Choice = readonly (readonly string[])[];

const TOKEN: Choice = [['token']];
const TOKEN_OR_PASSWORD: Choice = [['token'], ['password']];
/** Whoever needs no more than to be known by an address, or is known there by headers. */
const ANYHOW: Choice = [['token'], ['username', 'password'], ['address'], ['headers']];
const APP: Choice = [['token'], ['githubAppID', 'githubAppPrivateKey']];

/** What the Secret of each type of Provider proves itself with; that of Slack is another check's, and of others anything will do. */
const CREDENTIALS = new Map<string, Choice>([
  ['alertmanager', ANYHOW],
  ['bitbucket', TOKEN],
  ['bitbucketserver', TOKEN_OR_PASSWORD],
  ['datadog', TOKEN],
  ['generic-hmac', TOKEN],
  ['gitea', TOKEN_OR_PASSWORD],
  ['giteapullrequestcomment', TOKEN_OR_PASSWORD],
  ['github', APP],
  ['githubdispatch', APP],
  ['githubpullrequestcomment', APP],
  ['gitlab', TOKEN_OR_PASSWORD],
  ['gitlabmergerequestcomment', TOKEN_OR_PASSWORD],
  ['grafana', ANYHOW],
  ['matrix', TOKEN],
  ['opsgenie', TOKEN],
  ['telegram', TOKEN],
  ['webex', TOKEN],
  ['zulip', [['password']]],
]);

/** Types that are nothing but the address of a webhook. */
const ADDRESSED = ['discord', 'googlechat', 'lark', 'msteams', 'rocket', 'sentry'];

/** What notification-controller looks for in the Secret of a Provider. */
export function providerSecret(manifest: any): WantedSecret[] {
  if (manifest.kind !== 'Provider') {
    return [];
  }
  const type = textAt(manifest, 'spec', 'type') ?? '';
  const hasAddress = (textAt(manifest, 'spec', 'address') ?? '') !== '';
  const choice = ADDRESSED.includes(type) ? !hasAddress && [['address']] : CREDENTIALS.get(type);
  if (!choice) {
    return [];
  }
  const words = choice.map((keys) => keys.map((key) => `'${key}'`).join(' and '));
  return [
    {
      reference: {
        value: valueAt(manifest, 'spec', 'secretRef'),
        pointer: pointerOf('spec', 'secretRef'),
      },
      form: `with ${words.join(', or ')} for type ${type}`,
      suits: (keys) => choice.some((wanted) => wanted.every((key) => keys.includes(key))),
    },
  ];
}
