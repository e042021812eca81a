/** The import table of ARCHITECTURE.md: a row is a folder and all the folders of ours that it may import. */
const MAY_IMPORT = {
  vocabulary: [],
  constructs: ['policies', 'vocabulary', 'imports'],
  policies: ['vocabulary', 'imports'],
  inventory: ['vocabulary'],
  kustomize: ['inventory', 'vocabulary'],
  clusters: ['inventory', 'kustomize', 'vocabulary'],
  checks: ['access', 'clusters', 'imports', 'inventory', 'kustomize', 'policies', 'vocabulary'],
  report: ['access', 'checks', 'clusters', 'inventory', 'vocabulary'],
  cli: ['checks', 'clusters', 'inventory', 'kustomize', 'report', 'vocabulary'],
  access: ['inventory', 'vocabulary'],
  projen: ['vocabulary'],
  repo: ['inventory', 'vocabulary'],
  synth: ['access', 'checks', 'clusters', 'inventory', 'repo', 'report', 'vocabulary'],
  imports: [],
};

/** The files that touch the disk; everything else is a pure function. */
const WRITERS = '^src/(repo/repository-root|cli/(?:read-directory|main))\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'a cycle hides which room depends on which; move what both need into vocabulary',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
      name: `${room}-imports`,
      comment: `src/${room} may import ${allowed.join(', ') || 'no other folder of ours'}: see ARCHITECTURE.md`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        path: '^src/',
        pathNot: [room, ...allowed].map((name) => `^src/${name}/`),
        // Words may speak of the types of the objects they end up in; nothing of that is left when compiled.
        dependencyTypesNot: room === 'vocabulary' ? ['type-only'] : [],
      },
    })),
    {
      name: 'only-writers-touch-the-disk',
      comment:
        'checks, layout and constructs are pure; reading and writing happens in repository-root',
      severity: 'error',
      from: { path: '^src/', pathNot: WRITERS },
      to: { path: '^(node:)?(fs|fs/promises|child_process|net|http|https)$' },
    },
    {
      name: 'not-in-manifest',
      comment: 'src may import only what package.json promises to users',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/projen/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/(cdk8s|constructs|cdk8s-plus-28)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
