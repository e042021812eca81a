import { Tenant, TenantNetwork } from '../../src';
import { allObjects, find, smallFleet, synthesized } from '../synthesized';

const OWN = { namespaceSelector: { matchLabels: { 'toolkit.fluxcd.io/tenant': 'team-a' } } };
const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

function policies(network?: TenantNetwork): Map<string, string> {
  const { app, tenant } = smallFleet();
  const team: Tenant = tenant('team-a', { network, namespaces: ['team-a', 'jobs'] });
  void team;
  return synthesized(app);
}

const allowed = (cidr: string) =>
  allObjects(policies({ egressToCidrs: [cidr] })).find(
    ({ metadata }) => metadata.name === 'allow-egress',
  ).spec.egress[0].to;

describe("a tenant's network", () => {
  test('is by default that of its own namespaces and of DNS, label by label, and nothing else', () => {
    const objects = allObjects(policies()).filter(({ kind }) => kind === 'NetworkPolicy');
    for (const where of ['team-a', 'jobs']) {
      const specs = objects
        .filter(({ metadata }) => metadata.namespace === where)
        .map(({ metadata, spec }) => [metadata.name, spec]);
      expect(Object.fromEntries(specs)).toEqual({
        'default-deny': { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
        'allow-own-namespaces': {
          podSelector: {},
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ from: [OWN] }],
          egress: [{ to: [OWN] }],
        },
        'allow-dns': {
          podSelector: {},
          policyTypes: ['Egress'],
          egress: [
            {
              to: [
                {
                  ...namespace('kube-system'),
                  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
                },
              ],
              ports: [
                { port: 53, protocol: 'UDP' },
                { port: 53, protocol: 'TCP' },
              ],
            },
          ],
        },
      });
    }
    expect(objects).toHaveLength(6);
  });

  test('opens to a namespace in the one direction that it names', () => {
    const files = policies({ ingressFromNamespaces: ['ingress-nginx'] });
    const opened = allObjects(files).filter(({ metadata }) => metadata.name === 'allow-ingress');
    expect(opened).toHaveLength(2);
    for (const { spec } of opened) {
      expect(spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [namespace('ingress-nginx')] }],
      });
    }
    expect(() => find(files, 'NetworkPolicy', 'allow-egress')).toThrow(/found 0/);
  });

  test.each([
    ['0.0.0.0/0', ['169.254.0.0/16']],
    ['128.0.0.0/1', ['169.254.0.0/16']],
    ['169.0.0.0/8', ['169.254.0.0/16']],
    ['::/0', ['fd00:ec2::254/128', 'fd20:ce::254/128', 'fe80::/10']],
    ['fd00::/8', ['fd00:ec2::254/128', 'fd20:ce::254/128']],
    ['fe00::/8', ['fe80::/10']],
    ['::ffff:1.2.3.4/96', ['::ffff:169.254.0.0/112']],
  ])('opened to %p leaves out where clouds hand out credentials', (cidr, except) => {
    expect(allowed(cidr)).toEqual([{ ipBlock: { cidr, except } }]);
  });

  test.each(['203.0.113.0/24', '10.0.0.0/8', '169.253.0.0/16', '2001:db8::/32', 'FE80::/10'])(
    'opened to %p has nothing to leave out',
    (cidr) => {
      expect(allowed(cidr)).toEqual([{ ipBlock: { cidr } }]);
    },
  );

  test.each([
    ['169.254.0.0/16', '169.254.0.0/16'],
    ['169.254.169.254/32', '169.254.0.0/16'],
    ['::ffff:169.254.169.254/128', '::ffff:169.254.0.0/112'],
    ['FD00:EC2::254/128', 'fd00:ec2::254/128'],
  ])('is not opened to %p', (cidr, closed) => {
    expect(() => policies({ egressToCidrs: [cidr] })).toThrow(
      `address range must not be within '${closed}', where clouds hand out the credentials of a node, got '${cidr}'`,
    );
  });

  test.each([':::::/8', '1::2::3/64', '1:2:3:4:5:6:7:8:9/8', '01.2.3.4/8'])(
    'is not opened to %p, which is no address range',
    (cidr) => {
      expect(() => policies({ egressToCidrs: [cidr] })).toThrow(/address range must be such as/);
    },
  );
});
