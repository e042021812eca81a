/** What an installation of Flux may consist of. */
export const COMPONENTS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
] as const;

/** What is installed unless somebody says otherwise. */
export const CORE_COMPONENTS: readonly Component[] = COMPONENTS.slice(0, 4);

/** One of Flux's controllers, by what it is called where it is not one of a shard. */
export type Component = (typeof COMPONENTS)[number];

/** What applies objects. */
export const APPLIERS: readonly Component[] = ['kustomize-controller', 'helm-controller'];

/** Those whose '--default-service-account' is an identity for clouds. */
export const CLOUD_CLIENTS: readonly Component[] = [
  'source-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
];
