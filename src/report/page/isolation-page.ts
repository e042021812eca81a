import { createHash } from 'crypto';
import { Finding } from '../../checks/finding';
import { Isolation, Verdict } from '../isolation/isolation';
import { isolationJson } from '../isolation-json';
import { counted } from '../text-report';
import { ClusterPage } from './cluster-page';
import { clusterSection } from './cluster-section';
import { html, Html, htmlText, trustedHtml } from './html';
import { reading } from './reading';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { table } from './table';
import { judged, ofRepository, warned } from './words';

/** The evidence of isolation for people: one file, which asks for nothing else. */
export function isolationPage(isolation: Isolation): string {
  const pages = isolation.clusters.map((cluster, i) => new ClusterPage(cluster, i));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>Evidence of tenant isolation</title>
        ${trustedHtml(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the evidence</a>
        <header>
          <p class="kicker">cdk8s-flux-tenants</p>
          <h1>Evidence of tenant isolation</h1>
        </header>
        <nav aria-label="Contents">
          <ul>
            <li><a href="#summary">Summary</a></li>
            ${pages.map(contents)}
            <li><a href="#checks">Checks</a></li>
            <li><a href="#findings">Findings</a></li>
            <li><a href="#suppressed">Suppressed</a></li>
            <li><a href="#reading">How to read this</a></li>
          </ul>
        </nav>
        <main id="main" tabindex="-1">
          ${summarySection(isolation)} ${pages.map(clusterSection)}
          <section id="checks" aria-labelledby="checks-h">
            <h2 id="checks-h">Checks</h2>
            ${checksTable(isolation)}
          </section>
          <section id="findings" aria-labelledby="findings-h">
            <h2 id="findings-h">Findings</h2>
            ${findingsTable('What checks found and nobody accepted', isolation.findings, 'Nothing was found.')}
          </section>
          <section id="suppressed" aria-labelledby="suppressed-h">
            <h2 id="suppressed-h">Suppressed</h2>
            ${findingsTable('What checks found and somebody accepted', isolation.suppressed, 'Nothing is suppressed.')}
          </section>
          ${reading()}
        </main>
        <footer>
          <p>
            SHA-256 of the same evidence as JSON:
            <code>${createHash('sha256').update(isolationJson(isolation)).digest('hex')}</code>
          </p>
        </footer>
        ${trustedHtml(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
  return htmlText(page);
}

const VERDICTS: Readonly<
  Record<Verdict, readonly [isGood: boolean, title: string, words: string]>
> = {
  held: [
    true,
    'Tenants are kept apart',
    'No tenant is known to reach what is not its own, and no check found an error.',
  ],
  failed: [
    false,
    'Checks found errors',
    'No tenant is known to reach what is not its own, but checks found what is wrong.',
  ],
  unknown: [
    false,
    'Not everything could be read',
    'Nothing is known to be wrong, but no cluster was found, or something that may change what tenants can do is not in what was read.',
  ],
  crossed: [
    false,
    'Tenants reach what is not their own',
    'There are ways on which a tenant reaches another, or the platform.',
  ],
  'no-tenants': [
    true,
    'There are no tenants',
    'No Namespace has the label toolkit.fluxcd.io/tenant.',
  ],
};

function summarySection({ summary, clusters }: Isolation): Html {
  const holding = clusters.filter(({ tenants }) => tenants.length > 0).length;
  const [isGood, title, words] = VERDICTS[summary.verdict];
  const figures: readonly [string, string | number][] = [
    ['Clusters', summary.clusters],
    [
      'Tenants',
      holding > 1 ? `${summary.tenants} on ${counted(holding, 'cluster')}` : summary.tenants,
    ],
    ['Ways across bounds', summary.crossings],
    ['Errors', summary.errors],
    ['Warnings', summary.warnings],
    ['Suppressed', summary.suppressed],
    ['Checks passed', `${summary.checksPassed} of ${summary.checks}`],
    ['Not read', summary.unread],
  ];
  return html`<section id="summary" aria-labelledby="summary-h">
    <h2 id="summary-h">Summary</h2>
    <div class="verdict ${isGood ? 'is-good' : 'is-bad'}">
      <p class="title">${judged(isGood, title)}</p>
      <p>
        ${words}${summary.unread > 0 ? ` ${counted(summary.unread, 'thing')} with rights of the platform could not be read.` : ''}
      </p>
    </div>
    <dl class="figures">
      ${figures.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section> `;
}

function contents({ id, cluster }: ClusterPage): Html {
  return html`<li><a href="#${id}">Cluster ${cluster.name}</a></li>`;
}

function checksTable({ checks }: Isolation): Html {
  return table({
    caption: 'Checks that ran, and what they came to',
    columns: ['Check', 'Result', 'What must be', 'Controls', 'Found', 'Suppressed'],
    rows: checks.map(({ id, severity, summary, controls, passed, findings, suppressed }) => [
      html`<code>${id}</code>`,
      passed
        ? judged(true, 'passed')
        : severity === 'error'
          ? judged(false, 'failed')
          : warned('warned'),
      summary,
      controls.map((control) => `${control.standard} ${control.id}`).join(', ') || '–',
      findings,
      suppressed,
    ]),
    empty: 'No check ran.',
    isWide: true,
  });
}

function findingsTable(caption: string, findings: readonly Finding[], empty: string): Html {
  const isSuppressed = findings.some(({ suppression }) => suppression);
  return table({
    caption,
    columns: [
      'Where',
      'Severity',
      'What',
      ...(isSuppressed ? ['Reason', 'Owner', 'Accepted in'] : ['Remedy', 'Check', 'Clusters']),
    ],
    rows: findings.map(
      ({ path, line, repository, severity, message, remedy, check, clusters, suppression }) => [
        html`<code>${path}${line === undefined ? '' : `:${line}`}</code>
          <span class="kind">${ofRepository(repository)}</span>`,
        severity === 'error' ? judged(false, severity) : warned(severity),
        suppression ? html`${message} <code>${check}</code>` : message,
        ...(suppression
          ? [suppression.reason, suppression.owner, suppression.where]
          : [remedy, html`<code>${check}</code>`, clusters.join(', ') || 'none known']),
      ],
    ),
    empty,
    isWide: true,
  });
}

/** What a Content Security Policy knows a style or a script by. */
function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
