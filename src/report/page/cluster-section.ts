import { TenantIsolation } from '../isolation/isolation';
import { PolicyFacts } from '../isolation/policy-facts';
import { RoleFacts } from '../isolation/rights';
import { counted } from '../text-report';
import { ClusterPage } from './cluster-page';
import { fluxTable } from './flux-table';
import { html, Html } from './html';
import { overviewDrawing } from './overview-drawing';
import { lines, table } from './table';
import { holdersTable, tenantSection, waysTable } from './tenant-section';
import { judged, ofRepository, warned } from './words';

/** All that is known of one cluster. */
export function clusterSection(page: ClusterPage): Html {
  const { id, cluster, crossings } = page;
  const { name, path, repository, isWhole, tenants, holders, policies, roles, unread } = cluster;
  return html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">Cluster ${name}</h2>
    <p>
      Read from ${path === '' ? 'the root' : `directory ${path}`}${ofRepository(repository)}.
      ${counted(tenants.length, 'tenant')},
      ${crossings.length === 0 ? judged(true, 'no way across their bounds is known.') : judged(false, `${counted(crossings.length, 'way')} across their bounds.`)}${isWhole ? '' : warned(' These are not all of its objects: another cluster applies them by its credentials.')}
    </p>
    <h3 id="${id}-reach">Who reaches whom</h3>
    ${
      tenants.length === 0
        ? html`<p class="none">
            There is no tenant: no Namespace has the label toolkit.fluxcd.io/tenant.
          </p>`
        : html`<figure
              class="scroll"
              tabindex="0"
              role="group"
              aria-label="Overview of all tenants"
            >
              ${overviewDrawing(page)}
            </figure>
            <p class="note">
              A row is a tenant; a filled square is what is its own, a cross is somebody else’s that
              it reaches. Of more than a hundred tenants, each is a square, with a cross where it
              crosses or is crossed.
            </p>`
    }
    ${waysTable('Ways across bounds', crossings, 'No tenant is known to reach what is not its own.')}
    ${tenants.length === 0 ? html`` : chooser(page)}
    <h3 id="${id}-tenants">Tenants</h3>
    ${tenants.length === 0 ? html`<p class="none">None.</p>` : tenantsTable(page)}
    ${tenants.map((tenant) => tenantSection(page, tenant))}
    <h3 id="${id}-flux">Controllers of Flux</h3>
    ${fluxTable(cluster)}
    <h3 id="${id}-holders">Rights of others</h3>
    ${holdersTable(page, 'People, accounts of the platform and everyone, where no tenant alone is concerned', holders)}
    <h3 id="${id}-roles">Roles</h3>
    <p class="note">
      What the roles allow that rights refer to: verbs on resources, written
      &lt;resource&gt;.&lt;API group&gt;.
    </p>
    ${roles.map((role) => roleSection(page, role))}
    <h3 id="${id}-policies">Admission policies</h3>
    ${table({
      caption: `Admission policies of cluster ${name}`,
      columns: ['Policy', 'Effect', 'Tenants', 'Judges', 'Narrowed by'],
      rows: policies.map(policyRow),
      empty: 'No admission policy is known: whatever a role allows can be applied.',
      isWide: true,
    })}
    <h3 id="${id}-unread">Not read</h3>
    ${
      unread.length === 0
        ? html`<p class="none">
            Everything that reaches the cluster with rights of the platform was read.
          </p>`
        : html`<p>
              These reach the cluster with rights of the platform, and nothing here says what they
              hold.
            </p>
            ${lines(unread)}`
    }
  </section> `;
}

/** A tenant’s drawing, chosen from all: without scripts, each is in its tenant’s details. */
function chooser({ id, cluster }: ClusterPage): Html {
  return html`<form class="controls" data-script data-chooser hidden>
      <label for="${id}-choose">Draw one tenant</label>
      <select id="${id}-choose">
        <option value="">choose a tenant</option>
        ${cluster.tenants.map(({ name }, i) => html`<option value="${id}-t${i + 1}">${name}</option>`)}
      </select>
      <p role="status"></p>
    </form>
    <figure class="chosen scroll" id="${id}-chosen" hidden></figure>`;
}

function tenantsTable(page: ClusterPage): Html {
  const { id, cluster } = page;
  const { tenants } = cluster;
  return html`<form class="controls" data-script data-filter="${id}-list" hidden>
      <label for="${id}-filter">Filter by tenant or namespace</label
      ><input type="search" id="${id}-filter" autocomplete="off" spellcheck="false" />
      <label for="${id}-show">Show</label
      ><select id="${id}-show">
        <option value="">all</option>
        <option value="crossing">with ways across bounds</option>
        <option value="finding">with findings</option>
        <option value="gap">with gaps in a namespace</option>
      </select>
      <button type="button" data-open>Open all details</button>
      <p role="status">${counted(tenants.length, 'tenant')}</p>
    </form>
    <div
      class="scroll"
      id="${id}-list"
      role="group"
      aria-label="Tenants of cluster ${cluster.name}"
      tabindex="0"
    >
      <table class="list">
        <caption>
          Tenants of cluster ${cluster.name}
        </caption>
        <thead>
          <tr>
            <th scope="col">Tenant</th>
            <th scope="col">Namespaces</th>
            <th scope="col">Pod security</th>
            <th scope="col">Default deny</th>
            <th scope="col">Quota</th>
            <th scope="col">Signed sources</th>
            <th scope="col">Crosses bounds</th>
            <th scope="col">Is crossed</th>
            <th scope="col">Findings</th>
          </tr>
        </thead>
        <tbody>
          ${tenants.map((tenant) => tenantRow(page, tenant))}
        </tbody>
      </table>
    </div>
    <h3>Tenants one by one</h3>`;
}

function tenantRow(page: ClusterPage, tenant: TenantIsolation): Html {
  const { name, namespaces, sources, reaches, reachedBy, findings, suppressed } = tenant;
  const levels = [...new Set(namespaces.map(({ podSecurity }) => podSecurity ?? 'none'))].sort();
  const isDenied = namespaces.every(({ ingress, egress }) => ingress.isDenied && egress.isDenied);
  const hasQuota = namespaces.every(({ quotas }) => quotas.length > 0);
  const signable = sources.filter(({ signature }) => signature.by !== 'not-applicable');
  const signed = signable.filter(({ signature }) => signature.by !== 'none').length;
  const flags = [
    ...(reaches + reachedBy > 0 ? ['crossing'] : []),
    ...(findings > 0 ? ['finding'] : []),
    ...(isDenied && hasQuota && !levels.includes('none') ? [] : ['gap']),
  ];
  const none = (count: number): Html | string =>
    count === 0 ? 'no' : judged(false, counted(count, 'way'));
  return html`<tr data-flags="${flags.join(' ')}">
    <th scope="row"><a href="#${page.tenantId(name)}">${name}</a></th>
    <td>${namespaces.map((one) => one.name).join(', ')}</td>
    <td>${levels.includes('none') ? judged(false, levels.join(', ')) : levels.join(', ')}</td>
    <td>${judged(isDenied, isDenied ? 'yes' : 'no')}</td>
    <td>${hasQuota ? 'yes' : warned('no')}</td>
    <td>
      ${signed < signable.length ? warned(`${signed} of ${signable.length}`) : `${signed} of ${signable.length}`}
    </td>
    <td>${none(reaches)}</td>
    <td>${none(reachedBy)}</td>
    <td>
      ${findings > 0 ? warned(String(findings)) : '0'}${suppressed > 0 ? `, ${suppressed} suppressed` : ''}
    </td>
  </tr> `;
}

function roleSection(page: ClusterPage, { title, bound, allows, unknowns }: RoleFacts): Html {
  const id = page.roleId(title, bound === 'cluster' ? null : '');
  const where = bound === 'cluster' ? 'bound for the whole cluster' : 'bound in namespaces';
  return html`<section class="role" id="${id}" aria-labelledby="${id}-h">
    <h4 id="${id}-h">${title} <span class="kind">${where}</span></h4>
    ${unknowns.map((why) => html`<p>${warned(`It may allow more: ${why}.`)}</p>`)}
    ${table({
      caption: `What ${title} allows, ${where}`,
      columns: ['Verbs', 'Resources', 'Only objects named'],
      rows: allows.map(({ verbs, resources, names }) => [
        verbs.join(', '),
        resources.join(', '),
        names.join(', ') || 'any',
      ]),
      empty: 'No rule of it is known.',
    })}
  </section> `;
}

function policyRow(policy: PolicyFacts): (Html | string)[] {
  const { kind, name, effect, isForAllTenants, tenantNamespaces, judges, narrowedBy } = policy;
  const count = counted(tenantNamespaces, 'namespace');
  return [
    html`${name} <span class="kind">${kind}</span>`,
    effect === 'enforced' ? judged(true, effect) : warned(effect),
    isForAllTenants
      ? judged(true, `all (${count})`)
      : tenantNamespaces === 0
        ? 'none'
        : warned(count),
    judges.join(', ') || '–',
    narrowedBy.join(', ') || '–',
  ];
}
