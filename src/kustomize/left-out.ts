const DIRECTORIES = new Set(['.circleci', '.git', '.github']);
const FILES = new Set([
  '.drone.yml',
  '.flux.yaml',
  '.gitattributes',
  '.gitignore',
  '.gitlab-ci.yml',
  '.gitmodules',
  '.goreleaser.yml',
  '.sops.yaml',
  '.travis.yml',
  'appveyor.yml',
  'cloudbuild.yaml',
  'codeship-services.yml',
  'codeship-steps.yml',
]);

/**
 * Whether Flux leaves a file out of the artifact that it builds from, unless somebody asks for it.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#default-exclusions
 */
export function isLeftOut(path: string): boolean {
  const parts = path.split('/');
  return parts.some((part, i) => (i === parts.length - 1 ? FILES : DIRECTORIES).has(part));
}
