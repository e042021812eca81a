import { MAP, NUMBER, SECRET_REF, TEXT, listOf, optional, requireProps } from '../vocabulary/form';
import { requireQuantity } from '../vocabulary/quantity';
import { quoted } from '../vocabulary/quoted';
import { SecretRef } from '../vocabulary/secret-ref';

/** What runs in the container of an app. */
export interface CanaryContainer {
  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * Arguments of the image's entry point.
   *
   * @default - the image's own
   */
  readonly args?: string[];
  /**
   * Path that answers `200` over HTTP when the app is healthy.
   *
   * @default - the app is healthy when its port accepts connections
   */
  readonly healthPath?: string;
  /**
   * Secret of type `kubernetes.io/dockerconfigjson` to pull the image with.
   *
   * @default - none: the image is public, or the nodes may pull it
   */
  readonly pullSecret?: SecretRef;
  /** CPU that is reserved. @default '100m' */
  readonly cpu?: string;
  /** Memory that is reserved, and may not be exceeded. @default '128Mi' */
  readonly memory?: string;
  /** User that the container runs as; 0, which is root, is refused. @default 65532 */
  readonly user?: number;
}

/** What runs in a pod, and where it answers. */
interface PodOptions {
  readonly image: { readonly reference: string };
  readonly port: number;
  readonly container?: CanaryContainer;
}

/** Throws when a prop is of another form than it has to be. */
export function requireContainer(container: CanaryContainer): void {
  requireProps('container of a canary', container, {
    env: optional(MAP),
    args: optional(listOf(TEXT)),
    healthPath: optional(TEXT),
    pullSecret: optional(SECRET_REF),
    cpu: optional(TEXT),
    memory: optional(TEXT),
    user: optional(NUMBER),
  });
}

/** A pod that passes the Pod Security Standard `restricted`, with nothing but `/tmp` to write to. */
export function hardenedPod(namespace: string, { image, port, container = {} }: PodOptions): any {
  const user = container.user ?? 65532;
  if (!Number.isInteger(user) || user < 1) {
    throw new Error(`user must be a number above 0, got ${user}`);
  }
  const memory = requireQuantity('memory', container.memory ?? '128Mi');
  const check = healthCheck(container.healthPath);
  return {
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'app',
        image: image.reference,
        ...(container.args && { args: container.args }),
        ...(container.env && { env: variables(container.env) }),
        livenessProbe: { ...check, periodSeconds: 10, timeoutSeconds: 5 },
        ports: [{ containerPort: port, name: 'http', protocol: 'TCP' }],
        readinessProbe: { ...check, periodSeconds: 5, timeoutSeconds: 5 },
        resources: {
          limits: { memory },
          requests: { cpu: requireQuantity('cpu', container.cpu ?? '100m'), memory },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
      },
    ],
    ...(container.pullSecret && { imagePullSecrets: [container.pullSecret._from(namespace)] }),
    securityContext: {
      fsGroup: user,
      runAsNonRoot: true,
      runAsUser: user,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
}

function healthCheck(path: string | undefined): any {
  if (path === undefined) {
    return { tcpSocket: { port: 'http' } };
  }
  if (!/^\/[\x21-\x7e]*$/.test(path)) {
    throw new Error(`healthPath must start with '/', got ${quoted(path)}`);
  }
  return { httpGet: { path, port: 'http' } };
}

function variables(env: Record<string, string>): { name: string; value: string }[] {
  return Object.keys(env)
    .sort()
    .map((name) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        throw new Error(
          `environment variable must be letters, digits and '_', got ${quoted(name)}`,
        );
      }
      return { name, value: requireString(`value of environment variable '${name}'`, env[name]) };
    });
}

/** A number in YAML, where JavaScript let one in, is none of what the API server takes. */
function requireString(what: string, value: string): string {
  if (typeof value !== 'string') {
    throw new Error(`${what} must be a string, got a ${typeof value}`);
  }
  return value;
}
