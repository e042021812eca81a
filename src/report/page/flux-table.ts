import { APPLIERS } from '../../vocabulary/flux-controllers';
import { ClusterIsolation } from '../isolation/isolation';
import { ControllerFacts, TENANCY_FLAGS } from '../isolation/flux-facts';
import { html, Html } from './html';
import { table } from './table';
import { judged, ofRepository, warned } from './words';

/** What the controllers of a cluster are told that keeps its tenants apart, and where. */
export function fluxTable({ name, flux, tenants }: ClusterIsolation): Html {
  if (flux === null) {
    return html`<p>${warned('Nothing that was read tells how Flux runs on this cluster.')}</p>`;
  }
  const { path, line, repository, isComplete, controllers } = flux;
  return html`<p>
      Set by <code>${path}${line === null ? '' : `:${line}`}</code>${ofRepository(repository)}.
      ${isComplete ? '' : 'More controllers may run, of which nothing of the cluster shows the use.'}
    </p>
    ${table({
      caption: `Flags of the controllers of cluster ${name}`,
      columns: ['Controller', ...TENANCY_FLAGS.map(([flag]) => flag)],
      rows: controllers.map((one) => [
        one.name,
        ...TENANCY_FLAGS.map(([flag, isSwitch]) => cell(one, flag, isSwitch, tenants.length > 0)),
      ]),
      empty: 'No controller is known.',
      isWide: true,
    })}`;
}

function cell(
  { component, flags }: ControllerFacts,
  name: string,
  isSwitch: boolean,
  hasTenants: boolean,
): Html | string {
  const flag = flags.find((one) => one.flag === name);
  if (!flag) {
    return 'does not know it';
  }
  const { value } = flag;
  // Without an account of its own, an applier acts for tenants with its own rights.
  const isWanted =
    isSwitch || (name === '--default-service-account' && APPLIERS.includes(component));
  const isGiven = isSwitch ? value === 'true' : value !== null;
  const words = value ?? 'not given';
  return isWanted && (isGiven || hasTenants) ? judged(isGiven, words) : words;
}
