import { ObjectCheck } from '../check';
import { policyOfAllPods } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { valueAt } from '../manifest-fields';
import { Direction, NETWORK_POLICY, networkRules, selectsAll } from '../network-policies';
import { isMap } from '../../vocabulary/is-map';

/** A NetworkPolicy of tenant `team-a` that lets in what lies in the namespaces of a selector. */
function example(selector: string): string {
  const rules = `  ingress:
    - from:
        - namespaceSelector:${selector}
`;
  return `# with: tenant team-a
${policyOfAllPods('allow-monitoring', 'team-a', ['Ingress'], rules)}`;
}

export const networkPolicyOpen: ObjectCheck = {
  id: 'network-policy-open',
  severity: 'warning',
  profile: 'strict',
  summary: "a NetworkPolicy in a tenant's namespace must not let everybody through",
  why:
    'An empty namespaceSelector means all namespaces, and a rule without peers means everybody: the pods of other tenants are among them. What one policy allows, no other can ' +
    'forbid.',
  remedy: "name the namespaces, by their label 'kubernetes.io/metadata.name'",
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic',
  ],
  types: [NETWORK_POLICY],
  needs: 'cluster',
  bad: example(' {}'),
  good: example(
    '\n            matchLabels:\n              kubernetes.io/metadata.name: monitoring',
  ),
  *examine({ manifest }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    for (const direction of tenant === undefined ? [] : (['Ingress', 'Egress'] as Direction[])) {
      const [words, field] = direction === 'Ingress' ? ['in from', 'from'] : ['out to', 'to'];
      for (const { rule, peers, ports } of networkRules(manifest, direction)) {
        // Pods look up names, and fetch what they need, in other namespaces: at certain ports.
        const isJudged = direction === 'Ingress' || ports.length === 0;
        if (isJudged && isForEverybody(rule.value, field)) {
          yield {
            message: `lets traffic ${words} everywhere; name whom tenant '${tenant}' talks to in '${field}'`,
            pointer: rule.pointer,
          };
        }
        for (const { value, pointer } of isJudged ? peers : []) {
          const pods = valueAt(value, 'podSelector') ?? {};
          if (selectsAll(valueAt(value, 'namespaceSelector')) && selectsAll(pods)) {
            yield {
              message: `lets traffic ${words} all namespaces, those of other tenants than '${tenant}' included; name them in namespaceSelector`,
              pointer: `${rule.pointer}${pointer}/namespaceSelector`,
            };
          }
        }
      }
    }
  },
};

/** Whether a rule names nobody, and so means everybody; an ill-formed one means nothing. */
function isForEverybody(rule: unknown, field: string): boolean {
  const list = valueAt(rule, field) ?? [];
  return (rule === null || isMap(rule)) && Array.isArray(list) && list.length === 0;
}
