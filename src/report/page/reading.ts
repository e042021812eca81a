import { html, Html } from './html';

/** What the signs mean, and what this document cannot say. */
export function reading(): Html {
  const ways: readonly [string, string][] = [
    ['acts-on', 'may act on, by a binding and its role'],
    ['impersonates', 'is applied as a service account, by a Flux object that names it'],
    ['applies-to', 'applies objects to, by a Flux object'],
    ['fetches-from', 'fetches from, by a source; drawn from the source'],
    ['sends-to', 'may send to, by NetworkPolicies of both ends'],
    ['acts-on crosses', 'crosses the bounds of a tenant, whatever it is'],
  ];
  return html`<section id="reading" aria-labelledby="reading-h">
    <h2 id="reading-h">How to read this</h2>
    <h3>Ways</h3>
    <ul class="legend">
      ${ways.map(
        ([kind, words]) =>
          html`<li>
            <svg viewBox="0 0 60 12" width="60" height="12" aria-hidden="true">
              <path class="way ${kind}" d="M2 6H58" />
            </svg>
            ${words}
          </li>`,
      )}
    </ul>
    <h3>What is judged</h3>
    <ul>
      <li>
        The manifests that Flux would apply to each cluster, as kustomize builds them: not a running
        cluster, not what somebody applied by hand, and not what controllers of the cluster make.
      </li>
      <li>
        A tenant is every namespace with its name in the label
        <code>toolkit.fluxcd.io/tenant</code>. Its bounds are these namespaces, their service
        accounts, and the sources that annotations of the namespaces list.
      </li>
      <li>
        Rights are those that RBAC would give. Every service account is also among its namespace’s
        and among everyone, whose rights are listed apart. Bindings that every cluster is born with
        are left out.
      </li>
      <li>
        Traffic is what NetworkPolicies allow to some pod of a namespace; a namespace that is not
        known is taken to let everything in. Ranges of addresses are taken to be outside of the
        cluster. Policies of other APIs are named and not judged. Whether policies take effect is a
        matter of the network plugin.
      </li>
      <li>
        A way of people, or of the platform, crosses no bounds: they are trusted with what their
        roles say, which is listed.
      </li>
      <li>
        A Flux object of a tenant that names no service account is taken to be applied as the
        controller.
      </li>
      <li>
        What a tenant’s own sources bring along is not read where their content was not given. It
        has no more rights than its account; where that may make NetworkPolicies, it may allow more
        traffic.
      </li>
      <li>Tenants share nodes and a kernel, which this says nothing of.</li>
    </ul>
  </section> `;
}
