import { Chance } from './chance';

export const NAMES = ['a', 'b', 'app', 'web-1', 'db'];
const IMAGES = [
  'nginx',
  'nginx:1.25',
  'ghcr.io/acme/app:v1.2.3',
  'ghcr.io/acme/app@sha256:abc',
  'localhost:5000/app:1',
  'ghcr.io/acme/app:v1@sha256:abc',
];

/** What labels or annotations may be. */
export function texts(chance: Chance): Record<string, string> {
  return Object.fromEntries(
    chance.list(3, () => [
      chance.oneOf(['app', 'tier', 'acme.io/x']),
      chance.oneOf(['a', 'b', '1']),
    ]),
  );
}

export function container(chance: Chance): any {
  return {
    name: chance.oneOf(['main', 'side', 'third']),
    ...chance.some(0.9, () => ({ image: chance.oneOf(IMAGES) })),
    ...chance.some(0.4, () => ({ env: chance.list(3, () => env(chance)) })),
    ...chance.some(0.3, () => ({
      ports: chance.list(3, () => ({
        containerPort: chance.oneOf([80, 8080, 443]),
        ...chance.some(0.5, () => ({ protocol: chance.oneOf(['TCP', 'UDP']) })),
        ...chance.some(0.3, () => ({ name: chance.oneOf(NAMES) })),
      })),
    })),
    ...chance.some(0.3, () => ({
      envFrom: [
        { configMapRef: { name: chance.oneOf(NAMES) } },
        { secretRef: { name: chance.oneOf(NAMES) } },
      ],
    })),
    ...chance.some(0.2, () => ({ args: chance.list(3, () => chance.oneOf(NAMES)) })),
    ...chance.some(0.2, () => ({
      volumeMounts: chance.list(2, () => ({ name: 'v', mountPath: chance.oneOf(['/a', '/b']) })),
    })),
  };
}

function env(chance: Chance): any {
  const name = chance.oneOf(['A', 'B', 'C']);
  return chance.oneOf([
    { name, value: chance.oneOf(NAMES) },
    { name, valueFrom: { configMapKeyRef: { name: chance.oneOf(NAMES), key: 'k' } } },
    { name, valueFrom: { secretKeyRef: { name: chance.oneOf(NAMES), key: 'k' } } },
  ]);
}

export function podSpec(chance: Chance): any {
  return {
    ...chance.some(0.9, () => ({
      containers: [container(chance), ...chance.list(1, () => container(chance))],
    })),
    ...chance.some(0.2, () => ({ initContainers: [container(chance)] })),
    ...chance.some(0.5, () => ({ serviceAccountName: chance.oneOf(NAMES) })),
    ...chance.some(0.4, () => ({
      volumes: chance.list(3, () =>
        chance.oneOf([
          { name: chance.oneOf(['v', 'w']), configMap: { name: chance.oneOf(NAMES) } },
          { name: chance.oneOf(['v', 'w']), secret: { secretName: chance.oneOf(NAMES) } },
          {
            name: chance.oneOf(['v', 'w']),
            persistentVolumeClaim: { claimName: chance.oneOf(NAMES) },
          },
          { name: chance.oneOf(['v', 'w']), emptyDir: {} },
        ]),
      ),
    })),
    ...chance.some(0.2, () => ({ imagePullSecrets: [{ name: chance.oneOf(NAMES) }] })),
    ...chance.some(0.15, () => ({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: texts(chance) }, topologyKey: 'zone' },
          ],
        },
      },
    })),
    ...chance.some(0.15, () => ({
      topologySpreadConstraints: chance.list(2, () => ({
        topologyKey: chance.oneOf(['zone', 'host']),
        whenUnsatisfiable: chance.oneOf(['DoNotSchedule', 'ScheduleAnyway']),
        maxSkew: 1,
        labelSelector: { matchLabels: {} },
      })),
    })),
  };
}

export function workload(chance: Chance): any {
  return {
    spec: {
      ...chance.some(0.5, () => ({ replicas: chance.upTo(3) })),
      ...chance.some(0.8, () => ({ selector: { matchLabels: texts(chance) } })),
      template: {
        ...chance.some(0.7, () => ({ metadata: { labels: texts(chance) } })),
        spec: podSpec(chance),
      },
    },
  };
}
