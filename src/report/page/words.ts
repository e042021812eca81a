import { EdgeKind, NodeKind, ReachNode } from '../isolation/reach-graph';
import { html, Html } from './html';

export const NODE_WORDS: Readonly<Record<NodeKind, string>> = {
  account: 'service account',
  accounts: 'every service account of',
  cluster: 'cluster',
  everyone: 'everyone',
  group: 'group',
  namespace: 'namespace',
  network: 'network',
  platform: 'platform',
  source: 'source',
  tenant: 'Flux objects of',
  user: 'user',
};

export const EDGE_WORDS: Readonly<Record<EdgeKind, string>> = {
  'acts-on': 'may act on',
  'applies-to': 'applies to',
  'fetches-from': 'fetches from',
  impersonates: 'is applied as',
  'sends-to': 'may send to',
};

/** A node with what it is, and whose. */
export function nodeInWords({ kind, name, tenant }: ReachNode): Html {
  if (kind === 'platform' || kind === 'cluster') {
    return html`${kind === 'platform' ? 'the platform' : name}`;
  }
  const owner = tenant === null || kind === 'tenant' ? '' : ` of ${tenant}`;
  return html`<span class="kind">${NODE_WORDS[kind]}</span> ${name}<span class="kind"
      >${owner}</span
    >`;
}

/** Of which repository something is; nothing where that was audited as `.`, which is no name. */
export function ofRepository(name: string): string {
  return name === '.' ? '' : ` of ${name}`;
}

/** A judgement: a sign and words, so that colour is not all that tells. */
export function judged(isGood: boolean, words: string): Html {
  return isGood
    ? html`<span class="good"><span aria-hidden="true">✓&nbsp;</span>${words}</span>`
    : html`<span class="bad"><span aria-hidden="true">✕&nbsp;</span>${words}</span>`;
}

export function warned(words: string): Html {
  return html`<span class="warn"><span aria-hidden="true">!&nbsp;</span>${words}</span>`;
}
