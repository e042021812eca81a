import { built, configMap, deployment, nameOf, objects, UNKNOWN } from './built';

function generated(fields: any, files: Record<string, any> = {}): any[] {
  return objects({ 'app/kustomization.yaml': fields, ...files });
}

describe('a generated ConfigMap', () => {
  // The hash was taken from kustomize 5.8.1.
  test('has the name that kustomize gives it, where it is referred to as well', () => {
    const volumes = [{ name: 'v', configMap: { name: 'settings' } }];
    const found = generated(
      {
        resources: ['web.yaml'],
        namePrefix: 'p-',
        configMapGenerator: [{ name: 'settings', literals: ['a=<&>'] }],
      },
      { 'app/web.yaml': deployment('web', { volumes }) },
    );
    const [web, map] = found;
    expect(map).toMatchObject({ kind: 'ConfigMap', data: { a: '<&>' } });
    expect(nameOf(map)).toBe('p-settings-m9gb99d79d');
    expect(web.spec.template.spec.volumes[0].configMap.name).toBe(nameOf(map));
  });

  test('lies at its generator in the kustomization file', () => {
    const { objects: found } = built({
      'app/kustomization.yaml': {
        generatorOptions: { disableNameSuffixHash: true, labels: { a: 'b' } },
        configMapGenerator: [{ name: 'settings' }],
      },
    });
    expect(found).toHaveLength(1);
    expect(found[0].manifest).toEqual(configMap('settings', { labels: { a: 'b' } }));
    expect(found[0].document.path).toBe('app/kustomization.yaml');
    expect(found[0].within).toBe('/configMapGenerator/0');
  });

  test('of a file without a known content keeps its name, without the hash that nobody knows', () => {
    const volumes = [{ name: 'v', configMap: { name: 'settings' } }];
    const { objects: found, unread } = built({
      'app/kustomization.yaml': {
        resources: ['web.yaml'],
        namePrefix: 'p-',
        configMapGenerator: [{ name: 'settings', files: ['app.conf', 'key=values.yaml'] }],
      },
      'app/web.yaml': deployment('web', { volumes }),
      'app/app.conf': UNKNOWN,
      'app/values.yaml': 'a: 1\n',
    });
    const [web, map] = found.map(({ manifest }) => manifest);
    expect(map).toEqual({ ...configMap('p-settings'), data: { 'app.conf': '', key: 'a: 1\n' } });
    expect(web.spec.template.spec.volumes[0].configMap.name).toBe('p-settings');
    expect(unread).toEqual([
      "what ConfigMap 'settings' of app/kustomization.yaml takes from app/app.conf, and the hash of it that ends its name",
    ]);
  });

  test('may take variables from a file of SOPS, which Flux takes the rest out of', () => {
    const [found] = generated(
      {
        generatorOptions: { disableNameSuffixHash: true },
        secretGenerator: [{ name: 'a', envs: ['a.env'] }],
      },
      {
        'app/a.env': 'a=ENC[AES256_GCM,data:x]\nsops_age__list_0__map_enc=x\nsops_version=3.10.2\n',
      },
    );
    expect(Object.keys(found.data)).toEqual(['a']);
  });

  test('may take a file from a URL, which nobody here knows the content of', () => {
    const url = 'https://example.com/dashboard.json';
    const {
      objects: found,
      errors,
      unread,
    } = built({
      'app/kustomization.yaml': {
        generatorOptions: { disableNameSuffixHash: true },
        configMapGenerator: [{ name: 'dashboards', files: [`main.json=${url}`] }],
      },
    });
    expect(errors).toEqual([]);
    expect(found[0]).toMatchObject({ manifest: { data: { 'main.json': '' } }, isPartial: true });
    expect(unread).toEqual([
      `what ConfigMap 'dashboards' of app/kustomization.yaml takes from ${url}`,
    ]);
  });

  test('is merged into the one of its name, or takes its place', () => {
    const merge = (behavior: string) =>
      generated(
        { resources: ['a.yaml'], configMapGenerator: [{ name: 'a', behavior, literals: ['b=2'] }] },
        { 'app/a.yaml': { ...configMap('a', { labels: { c: 'd' } }), data: { a: '1' } } },
      );
    const labelled = configMap('a', { labels: { c: 'd' } });
    expect(merge('merge')).toEqual([{ ...labelled, data: { a: '1', b: '2' } }]);
    expect(merge('replace')).toEqual([{ ...labelled, data: { b: '2' } }]);
    expect(() => merge('create')).toThrow("there is a ConfigMap 'a' already");
  });

  test.each([
    [{ name: 'a', behavior: 'merge' }, "there is no ConfigMap 'a' to merge"],
    [{ literals: ['a=b'] }, 'a generated ConfigMap must have a name'],
    [{ name: 'a', literals: ['novalue'] }, "a literal must be such as key=value, got 'novalue'"],
    [{ name: 'a', literals: ['a=1', 'a=2'] }, "key 'a' is there twice"],
    [{ name: 'a', files: ['../../etc/passwd'] }, "'../../etc/passwd' is not there"],
  ])('that is wrong is refused: %j', (generator, message) => {
    expect(() => generated({ configMapGenerator: [generator] })).toThrow(message);
  });
});

test('a generated Secret is of its type, and encoded in lines of 70', () => {
  const [secret] = generated({
    secretGenerator: [{ name: 's', type: 'acme.io/t', literals: [`a=${'x'.repeat(60)}`, 'b="q"'] }],
    generatorOptions: { disableNameSuffixHash: true },
  });
  expect(secret).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'acme.io/t',
    metadata: { name: 's' },
    data: { a: `${'eHh4'.repeat(17)}eH\nh4${'eHh4'.repeat(2)}\n`, b: 'cQ==' },
  });
});
