import { FluxEgress, FluxInstallation, FleetSource, SecretRef } from '../../src';
import { objectsIn, smallFleet, synthesized } from '../synthesized';

const egress: Required<FluxEgress> = {
  proxy: 'http://proxy.acme.example:3128',
  noProxy: ['.acme.example', '10.0.0.0/8'],
  authorities: SecretRef.named('acme-authorities'),
};
const source = FleetSource.git({ url: 'https://git.acme.example/fleet-infra' });

/** What patches all Deployments of Flux, with the target of each. */
function ofBootstrap(one: FluxEgress | undefined): any[] {
  const { app } = smallFleet({ flux: FluxInstallation.bootstrap({ egress: one }) });
  const file = 'fleet-infra/clusters/prod/flux-system/kustomization.yaml';
  return ofAll(objectsIn(synthesized(app).get(file))[0].patches);
}

function ofAll(patches: any[] = []): any[] {
  return patches
    .filter(({ target }) => target.labelSelector !== undefined)
    .map(({ target, patch }) => [target, objectsIn(patch)[0].spec.template.spec]);
}

const ALL = { kind: 'Deployment', labelSelector: 'app.kubernetes.io/part-of=flux' };
const VARIABLES = [
  { name: 'HTTPS_PROXY', value: 'http://proxy.acme.example:3128' },
  {
    name: 'NO_PROXY',
    value:
      '.cluster.local.,.cluster.local,.svc,$(KUBERNETES_SERVICE_HOST),.acme.example,10.0.0.0/8',
  },
];

describe('controllers that reach the outside by a proxy', () => {
  test('trust authorities of their own, and ask within the cluster without it', () => {
    expect(ofBootstrap(egress)).toEqual([
      [
        ALL,
        {
          containers: [
            {
              name: 'manager',
              env: [
                ...VARIABLES,
                { name: 'SSL_CERT_DIR', value: '/etc/flux-certificate-authorities' },
              ],
              volumeMounts: [
                {
                  name: 'certificate-authorities',
                  mountPath: '/etc/flux-certificate-authorities',
                  readOnly: true,
                },
              ],
            },
          ],
          volumes: [
            { name: 'certificate-authorities', secret: { secretName: 'acme-authorities' } },
          ],
        },
      ],
    ]);
  });

  test('need no authorities for that', () => {
    const { proxy, noProxy } = egress;
    expect(ofBootstrap({ proxy, noProxy })).toEqual([
      [ALL, { containers: [{ name: 'manager', env: VARIABLES }] }],
    ]);
  });

  test('are told the same by Flux Operator', () => {
    const flux = FluxInstallation.operator({ source, egress });
    const { app } = smallFleet({ flux });
    const files = synthesized(app);
    const instance = files.get('fleet-infra/clusters/prod/flux-system/flux-instance.yaml');
    expect(ofAll(objectsIn(instance)[0].spec.kustomize.patches)).toEqual(ofBootstrap(egress));
  });

  test('are told nothing where nothing is said', () => {
    expect(ofBootstrap(undefined)).toEqual([]);
    expect(ofBootstrap({})).toEqual([]);
  });

  test.each<[FluxEgress, RegExp]>([
    [{ proxy: 'proxy.acme.example:3128' }, /^proxy must be 'http:\/\/<host>:<port>'/],
    [{ proxy: 'http://user:password@proxy.acme.example' }, /^proxy must be/],
    [{ proxy: 'http://proxy.acme.example/' }, /^proxy must be/],
    [{ proxy: 'socks5://proxy.acme.example' }, /^proxy must be/],
    [{ proxy: 'http://proxy.acme.example\n' }, /^proxy must be/],
    [{ proxy: 'http://$(id)' }, /^proxy must be/],
    [{ noProxy: ['.acme.example'] }, /^'proxy' of 'egress' is missing/],
    [{ proxy: 'http://p.example', noProxy: ['a,b'] }, /^noProxy must be hosts/],
    [{ proxy: 'http://p.example', noProxy: ['*'] }, /^noProxy must be hosts/],
    [{ proxy: 'http://p.example', noProxy: ['$(X)'] }, /^noProxy must be hosts/],
    [{ authorities: 'x' as any }, /^'authorities' of 'egress' must be a SecretRef/],
  ])('are not told %j', (wrong, message) => {
    expect(() => FluxInstallation.bootstrap({ egress: wrong })).toThrow(message);
    expect(() => FluxInstallation.operator({ source, egress: wrong })).toThrow(message);
  });
});
