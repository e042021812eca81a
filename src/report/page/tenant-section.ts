import { TenantIsolation } from '../isolation/isolation';
import { NamespaceFacts } from '../isolation/namespace-facts';
import { Traffic } from '../isolation/network';
import { HolderFacts } from '../isolation/rights';
import { SourceFacts } from '../isolation/source-facts';
import { counted } from '../text-report';
import { ClusterPage, Way } from './cluster-page';
import { html, Html } from './html';
import { lines, table } from './table';
import { tenantDrawing } from './tenant-drawing';
import { EDGE_WORDS, judged, nodeInWords, warned } from './words';

/** All that is known of one tenant. */
export function tenantSection(page: ClusterPage, tenant: TenantIsolation): Html {
  const id = page.tenantId(tenant.name);
  const { name, namespaces, accounts, people, strangers, allowed, sources, unread } = tenant;
  return html`<section class="tenant" id="${id}" aria-labelledby="${id}-h">
    <h4 id="${id}-h">${name}</h4>
    <p>${outcome(tenant)}</p>
    <details>
      <summary>Details of ${name}</summary>
      <figure>${tenantDrawing(page, tenant, id)}</figure>
      ${waysTable(`Ways to and from ${name}`, page.waysOf(tenant), 'No way is known.')}
      ${table({
        caption: `Namespaces of ${name}`,
        columns: ['Namespace', 'Pod security', 'Ingress', 'Egress', 'Quota', 'Limit range'],
        rows: namespaces.map(namespaceRow),
        empty: 'No namespace is known.',
      })}
      ${holdersTable(page, `Who may act in namespaces of ${name}`, [...accounts, ...people, ...strangers])}
      ${table({
        caption: `What ${name} fetches`,
        columns: ['Source', 'From', 'Reference', 'Signature', 'Listed'],
        rows: sources.map(sourceRow),
        empty: 'It fetches nothing that is known.',
      })}
      ${table({
        caption: `What ${name} may fetch and claim, by annotations of its namespaces`,
        columns: ['Type', 'There or below'],
        rows: allowed.map(({ type, place }) => [type, place]),
        empty: 'Annotations of its namespaces list nothing that it may fetch.',
      })}
      ${
        unread.length === 0
          ? html``
          : html`<p>Not read, and applied with no more rights than its account has:</p>
              ${lines(unread)}`
      }
    </details>
  </section> `;
}

/** Ways in words. */
export function waysTable(caption: string, ways: readonly Way[], empty: string): Html {
  return table({
    caption,
    look: 'ways',
    columns: ['From', 'Does', 'To', 'By', 'Bounds'],
    rows: ways.map(({ from, to, kind, via, crosses }) => [
      nodeInWords(from),
      EDGE_WORDS[kind],
      nodeInWords(to),
      lines(via),
      crosses ? judged(false, 'crosses') : 'keeps',
    ]),
    empty,
  });
}

/** Who may do what where. */
export function holdersTable(
  page: ClusterPage,
  caption: string,
  holders: readonly HolderFacts[],
): Html {
  return table({
    caption,
    columns: ['Who', 'Applied for', 'Rights'],
    rows: holders.map(({ kind, name, inNamespace, appliedBy, rights }) => [
      nodeInWords({
        id: '',
        kind,
        name:
          kind === 'account' ? `${inNamespace}/${name}` : kind === 'accounts' ? inNamespace! : name,
        tenant: null,
      }),
      lines(appliedBy),
      lines(
        rights.map(
          ({ where, role, binding, path }) =>
            html`${where === null ? warned('the whole cluster') : html`in ${where}`}:
              <a href="#${page.roleId(role, where)}">${role}</a>
              <span class="kind">by ${binding}, ${path}</span>`,
        ),
        'none that is known',
      ),
    ]),
    empty: 'Nobody holds rights there that is known.',
  });
}

function outcome({ reaches, reachedBy, findings, suppressed }: TenantIsolation): Html {
  const crossing =
    reaches + reachedBy === 0
      ? judged(true, 'No way across its bounds is known.')
      : judged(
          false,
          `${counted(reaches, 'way')} out of its bounds, ${counted(reachedBy, 'way')} of another tenant into them.`,
        );
  const found = `${counted(findings, 'finding')}, ${suppressed} suppressed.`;
  return html`${crossing} ${findings > 0 ? warned(found) : found}`;
}

function namespaceRow(facts: NamespaceFacts): (Html | string)[] {
  const { name, podSecurity, quotas, limitRanges, ingress, egress, unjudged } = facts;
  return [
    name,
    podSecurity === null ? judged(false, 'none enforced') : podSecurity,
    trafficCell(ingress, unjudged),
    trafficCell(egress, []),
    quotas.length === 0 ? warned('none') : lines(quotas.map(quotaLine)),
    limitRanges.length === 0
      ? warned('none')
      : lines(limitRanges.map((one) => `${one.name}: ${one.limits.join(', ')}`)),
  ];
}

function quotaLine({ name, hard, scopes }: NamespaceFacts['quotas'][number]): string {
  const entries = Object.entries(hard);
  const counts = entries.filter(([key]) => key.startsWith('count/'));
  const amounts = entries.filter(([key]) => !key.startsWith('count/'));
  return [
    `${name}${scopes.length > 0 ? ` (${scopes.join('; ')})` : ''}:`,
    amounts.map(([key, value]) => `${key} ${value}`).join(', '),
    counts.length > 0 ? `and ${counted(counts.length, 'count')} of objects` : '',
  ].join(' ');
}

function trafficCell({ isDenied, peers }: Traffic, unjudged: readonly string[]): Html {
  const allowed = peers.map(
    ({ who, ports }) => `allowed: ${who}${ports === '' ? '' : ` (${ports})`}`,
  );
  const others = unjudged.map((one) => `not judged: ${one}`);
  return html`${isDenied ? judged(true, 'denied by default') : judged(false, 'open to anything')}${lines([...allowed, ...others], '')}`;
}

function sourceRow(source: SourceFacts): (Html | string)[] {
  const { kind, namespace, name, place, reference, signature, isAllowed } = source;
  const signed =
    signature.by === 'not-applicable'
      ? 'not applicable'
      : signature.by === 'none'
        ? warned('none asked for')
        : html`${judged(true, signature.by)}${lines(signature.who, '')}`;
  return [
    `${kind} ${namespace}/${name}`,
    place,
    reference || '–',
    signed,
    isAllowed === null ? 'no list' : judged(isAllowed, isAllowed ? 'listed' : 'not listed'),
  ];
}
