import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'lib/',
      'dist/',
      'out/',
      'coverage/',
      'src/imports/',
      'conformance/',
      'node_modules/',
      '.projen/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // What constructs hand over is JSON, whose type cdk8s spells `any`.
      '@typescript-eslint/no-explicit-any': 'off',
      // `new Construct(scope, id)` is how cdk8s builds; nothing is done with the result.
      'no-new': 'off',
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['examples/**/*.ts', 'tools/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts', 'test-browser/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Two lines for each check.
    files: ['src/checks/registry.ts'],
    rules: { 'max-lines': 'off' },
  },
);
