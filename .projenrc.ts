import { cdk8s, javascript, JsonFile } from 'projen';

// An engine for CEL that tests use, which jest cannot load as it is.
const ES_MODULE = '@marcbachmann/cel-js';

const examples = ['acme', 'canaries', 'delivery', 'operator', 'squads'];

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-flux-tenants',
  description:
    'Typed constructs that synthesize the Git repository Flux reconciles for many teams, with hard multi-tenancy of the delivery plane',
  author: 'The cdk8s-flux-tenants authors',
  authorAddress: 'cdk8s-flux-tenants@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-flux-tenants/cdk8s-flux-tenants.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  keywords: ['cdk8s', 'flux', 'gitops', 'kubernetes', 'multi-tenancy', 'flagger', 'kyverno'],

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  cdk8sVersion: '2.70.106',
  constructsVersion: '10.3.0',
  jsiiVersion: '~6.0.16',
  // TypeScript 7 has no JavaScript API, which ts-node, ts-jest and typescript-eslint need.
  typescriptVersion: '~6.0.3',
  projenrcTs: true,

  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['re2js@^2.10.0', 'semver@^7.7.0', 'yaml@^2.9.1'],
  devDeps: [
    'cdk8s-plus-28@2.5.6',
    '@marcbachmann/cel-js@^8.0.0',
    '@types/semver@^7.7.0',
    'ajv@^8.20.0',
    'axe-core@^4.14.1',
    'dependency-cruiser@^17.4.3',
    'eslint@^9.39.0',
    'fast-check@^4.3.0',
    'playwright-core@^1.65.1',
    'prettier@^3.6.0',
    'typescript-eslint@^8.46.0',
  ],

  bin: { 'cdk8s-flux-tenants': 'lib/cli/main.js' },

  // jest 30 pulls in platform binaries, with which a lock file written on one platform fails `npm ci` on another.
  jestOptions: {
    jestVersion: '^29.4.15',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    coverageText: false,
    passWithNoTests: false,
    // Left to itself, jest keeps one core free: on a machine with two, all tests wait for one another.
    jestConfig: {
      collectCoverage: false,
      maxWorkers: '100%',
      transformIgnorePatterns: [`/node_modules/(?!${ES_MODULE}/)`],
    },
  },

  publishToPypi: { distName: 'cdk8s-flux-tenants', module: 'cdk8s_flux_tenants' },
  publishToGo: {
    moduleName: 'github.com/cdk8s-flux-tenants/cdk8s-flux-tenants-go',
    packageName: 'fluxtenants',
  },
  publishToMaven: {
    javaPackage: 'io.github.cdk8sfluxtenants',
    mavenGroupId: 'io.github.cdk8s-flux-tenants',
    mavenArtifactId: 'cdk8s-flux-tenants',
  },

  // eslint, prettier and dependency-cruiser run in one task of ours: see `lint` below.
  eslint: false,
  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,

  gitignore: ['/out/', '/conformance/.work/', '.DS_Store'],
});

project.jest!.config.transform[`/${ES_MODULE}/.*\\.js$`] = '<rootDir>/test/common-js.js';

// Only those who import lib/projen have it; as a full peer, every other language would install it, too.
project.package.addField('peerDependenciesMeta', { projen: { optional: true } });

for (const path of [
  '/.ci/',
  '/conformance/',
  '/docs/',
  '/examples/',
  '/out/',
  '/test-browser/',
  '/tools/',
  '/eslint.config.mjs',
  '/.dependency-cruiser.cjs',
  '/.prettierrc.json',
  '/.prettierignore',
  '/tsconfig.dev.json',
  '/AGENTS.md',
  '/ARCHITECTURE.md',
  '/CONTRIBUTING.md',
  '/API.md',
  '/*.tgz',
]) {
  project.addPackageIgnore(path);
}

project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');
// After the compiler has written the index that everything else reads.
project.compileTask.exec('ts-node -T tools/lazy-index.ts lib/index.js');

// The typed objects are the CRDs' own fields, at ten times the length of everything else.
project.tasks.tryFind('docgen')!.reset('jsii-docgen --submodule root --output API.md');

// JavaScript only, so that a build needs no other toolchain; `package-all` makes the other languages.
project.packageTask.reset('jsii-pacmak --verbose --target js');

// The lock file must not pin users to the registry of whoever wrote it last.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('engine-strict', 'false');

new JsonFile(project, 'tsconfig.dev.json', {
  obj: {
    extends: './tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '.' },
    include: ['src', 'test', 'test-browser', 'examples', 'tools', '.projenrc.ts'],
  },
});
const typecheck = project.addTask('typecheck', {
  description: 'Type-check tests, examples and tools (ts-jest and ts-node only transpile them)',
  steps: [{ exec: 'tsc -p tsconfig.dev.json' }],
});
project.testTask.prependSpawn(typecheck);

project.addTask('lint', {
  description: 'Code style, the import table of ARCHITECTURE.md, formatting',
  steps: [
    { exec: 'eslint .' },
    { exec: 'depcruise --config .dependency-cruiser.cjs src' },
    { exec: 'prettier --check --log-level warn .' },
  ],
});
project.addTask('format', {
  description: 'Rewrite the sources in the project format',
  steps: [{ exec: 'eslint --fix .' }, { exec: 'prettier --write --log-level warn .' }],
});

project.addTask('test:browser', {
  description: 'Read the evidence of isolation with a real browser (needs chromium)',
  steps: [{ exec: "jest --testMatch '<rootDir>/test-browser/**/*.test.ts'", receiveArgs: true }],
});

project.addTask('import-crds', {
  description:
    'Regenerate src/imports and test/schemas: import-crds CRD_DIR [KUBERNETES_OPENAPI_V3_DIR]',
  steps: [{ exec: 'ts-node -T tools/import-crds.ts', receiveArgs: true }],
});

for (const example of examples) {
  project.addTask(example === 'acme' ? 'example' : `example:${example}`, {
    description: `Write the repositories of examples/${example} below out/ or the given directory`,
    steps: [{ exec: `ts-node -T examples/${example}/main.ts`, receiveArgs: true }],
  });
}

project.addTask('golden', {
  description:
    'Rewrite test/golden from the examples; read the difference line by line before you commit it',
  steps: [{ exec: 'ts-node -T tools/write-golden.ts' }],
});

project.addTask('check-pages', {
  description: 'Rewrite docs/checks from the checks',
  steps: [{ exec: 'ts-node -T tools/write-check-pages.ts' }],
});
project.addTask('create-check', {
  description: 'Begin a check: create-check ID',
  steps: [{ exec: 'ts-node -T tools/create-check.ts', receiveArgs: true }],
});

project.addTask('bench', {
  description: 'Measure generated fleets, and stock cdk8s beside them: docs/bench/results.md',
  steps: [
    { exec: 'tsc -p tools/bench/tsconfig.json' },
    { exec: 'ts-node -T tools/lazy-index.ts out/bench/src/index.js' },
    { exec: 'node out/bench/tools/bench/main.js', receiveArgs: true },
  ],
});

const work = 'conformance/.work';
project.addTask('conformance', {
  description: "Judge what the examples write with the field's own tools (needs Go)",
  steps: [
    { exec: `rm -rf ${work} && mkdir -p ${work}` },
    ...examples.map((example) => ({
      exec: `ts-node -T examples/${example}/main.ts ${work}/repos/${example}`,
    })),
    { exec: `ts-node -T tools/write-yaml-samples.ts ${work}/strings.ndjson` },
    { exec: `conformance/run ${work}/repos ${work}/strings.ndjson` },
    { exec: `ts-node -T tools/check-builds.ts ${work}/repos` },
    { exec: 'conformance/with-judge setters ts-node -T tools/check-setters.ts' },
    { exec: 'conformance/with-judge tag-policies ts-node -T tools/check-tag-policies.ts' },
    { exec: 'conformance/with-judge sarif ts-node -T tools/check-sarif.ts' },
    { exec: 'ts-node -T tools/check-policies.ts native' },
    { exec: 'conformance/with-judge kyverno ts-node -T tools/check-policies.ts kyverno' },
  ],
});

project.synth();
