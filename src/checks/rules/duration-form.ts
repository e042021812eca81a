import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { pointerOf, valueAt } from '../manifest-fields';

const ANY = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const WITHOUT_HOURS = /^(?:\d+(?:\.\d+)?(?:ms|s|m))+$/;

const INTERVAL = ['spec', 'interval'];
const TIMEOUT = ['spec', 'timeout'];

interface DurationFields {
  readonly any: readonly (readonly string[])[];
  readonly withoutHours?: readonly (readonly string[])[];
}

const FETCHED: DurationFields = { any: [INTERVAL], withoutHours: [TIMEOUT] };

const FIELDS: Record<string, DurationFields> = {
  'helm.toolkit.fluxcd.io/HelmRelease': {
    any: [
      INTERVAL,
      TIMEOUT,
      ['spec', 'chart', 'spec', 'interval'],
      ['spec', 'install', 'strategy', 'retryInterval'],
      ['spec', 'install', 'timeout'],
      ['spec', 'rollback', 'timeout'],
      ['spec', 'test', 'timeout'],
      ['spec', 'uninstall', 'timeout'],
      ['spec', 'upgrade', 'strategy', 'retryInterval'],
      ['spec', 'upgrade', 'timeout'],
    ],
  },
  'image.toolkit.fluxcd.io/ImagePolicy': { any: [INTERVAL] },
  'image.toolkit.fluxcd.io/ImageRepository': FETCHED,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': { any: [INTERVAL] },
  'kustomize.toolkit.fluxcd.io/Kustomization': {
    any: [INTERVAL, TIMEOUT, ['spec', 'retryInterval']],
  },
  'notification.toolkit.fluxcd.io/Provider': FETCHED,
  'notification.toolkit.fluxcd.io/Receiver': { any: [INTERVAL] },
  'source.toolkit.fluxcd.io/Bucket': FETCHED,
  'source.toolkit.fluxcd.io/GitRepository': FETCHED,
  'source.toolkit.fluxcd.io/HelmChart': { any: [INTERVAL] },
  'source.toolkit.fluxcd.io/HelmRepository': FETCHED,
  'source.toolkit.fluxcd.io/OCIRepository': FETCHED,
};

const BUCKET = `apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: charts
  namespace: apps
spec:
  bucketName: charts
  endpoint: minio.example.com
  interval: 24h
`;

export const durationForm: ObjectCheck = {
  id: 'duration-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'every duration must be written as its field wants it',
  why: 'The API server refuses an object with a duration in another form, and with it all that the Kustomization applies. The timeout of what is fetched has no hours, and nothing of Flux has days.',
  remedy: 'write 90s, 10m or 1h30m, and minutes for the timeout of a source',
  links: ['https://fluxcd.io/flux/components/source/gitrepositories/#timeout'],
  types: Object.keys(FIELDS),
  needs: 'object',
  bad: BUCKET.replace('24h', '1d'),
  good: BUCKET,
  *examine({ manifest }) {
    const { any, withoutHours = [] } = FIELDS[typeOf(manifest)];
    for (const keys of any) {
      yield* judged(manifest, keys, ANY, 'a number with ms, s, m or h, as in 1h30m');
    }
    for (const keys of withoutHours) {
      yield* judged(
        manifest,
        keys,
        WITHOUT_HOURS,
        'a number with ms, s or m, and no hours, as in 90m',
      );
    }
  },
};

/** Whether a field of objects of a type is one that the check looks at. */
export function isDuration(type: string, pointer: string): boolean {
  const { any, withoutHours = [] } = FIELDS[type] ?? { any: [] };
  return [...any, ...withoutHours].some((keys) => pointerOf(...keys) === pointer);
}

function* judged(manifest: any, keys: readonly string[], form: RegExp, allowed: string) {
  const value = valueAt(manifest, ...keys);
  const isWrong = typeof value === 'string' ? !form.test(value) : typeof value === 'number';
  if (isWrong && !isOpaque(value)) {
    const field = keys.slice(1).join('.');
    yield {
      message: `must have ${allowed}, for ${field}, got '${value}'`,
      pointer: pointerOf(...keys),
    };
  }
}
