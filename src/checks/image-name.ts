/** Whole names of what clients of Docker Hub call by less. */
const HUB = /^(?:index\.docker\.io|registry-1\.docker\.io)\//;

/** The name of an image without tag and digest, as it is called wherever short forms are. */
export function imageName(image: string): string {
  const bare = image
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(HUB, 'docker.io/');
  const [host] = bare.split('/', 1);
  const isHosted = bare !== host && (/[.:]/.test(host) || host === 'localhost');
  const whole = isHosted ? bare : `docker.io/${bare}`;
  return whole.replace(/^docker\.io\/([^/]+)$/, 'docker.io/library/$1');
}
