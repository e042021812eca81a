import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { chartName } from './chart-name';
import { mapAt, textAt, valueAt } from './manifest-fields';

export const CANARY_TYPE = 'flagger.app/Canary';

/** A Canary that no check finds anything in: what examples are made of. */
export const CANARY_EXAMPLE = `apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: podinfo
  namespace: apps
spec:
  provider: istio
  targetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: podinfo
  service:
    port: 9898
  analysis:
    interval: 1m
    threshold: 5
    maxWeight: 50
    stepWeight: 10
    metrics:
      - name: request-success-rate
        interval: 1m
        thresholdRange:
          min: 99
`;

/** What `CANARY_EXAMPLE` is the Canary of. */
export const TARGET_EXAMPLE = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: podinfo
  namespace: apps
spec:
  selector:
    matchLabels:
      app: podinfo
  template:
    metadata:
      labels:
        app: podinfo
    spec:
      containers:
        - name: podinfo
          image: ghcr.io/stefanprodan/podinfo:6.9.2
`;

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** `value` as a number, which is still text where Flux will have put in a variable; undefined when it is none. */
export function numberOf(value: unknown): number | undefined {
  const isNumeric = typeof value === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value);
  return typeof value === 'number' || isNumeric ? Number(value) : undefined;
}

/** How many seconds a duration of Go is; undefined when it is none. */
export function secondsOf(duration: unknown): number | undefined {
  const text = String(duration);
  return /^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)
    ? [...text.matchAll(/([0-9.]+)(ns|us|µs|ms|s|m|h)/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * UNIT_SECONDS[unit],
        0,
      )
    : undefined;
}

/** How many seconds an analysis takes at least, from a new version to its promotion; undefined when that cannot be told. */
export function analysisSeconds(canary: any): number | undefined {
  const analysis = mapAt(canary, 'spec', 'analysis');
  const interval = secondsOf(analysis.interval);
  const stepWeight = numberOf(analysis.stepWeight);
  const steps =
    numberOf(analysis.iterations) ??
    (Array.isArray(analysis.stepWeights)
      ? analysis.stepWeights.length
      : stepWeight && Math.ceil((numberOf(analysis.maxWeight) ?? 100) / stepWeight));
  return interval === undefined || steps === undefined ? undefined : Math.max(interval, 10) * steps;
}

/** The Canaries that an object is the target of. */
export function canariesOf({ manifest }: AppliedObject, cluster: ClusterView): readonly any[] {
  const { kind, metadata } = manifest;
  const key = JSON.stringify([kind, metadata.namespace, metadata.name]);
  return cluster.once(canariesByTarget).get(key) ?? [];
}

/** Canaries by kind, namespace and name of their targets, each name once. */
export function canariesByTarget(cluster: ClusterView): ReadonlyMap<string, readonly any[]> {
  const byTarget = new Map<string, any[]>();
  for (const { manifest } of cluster.ofType(CANARY_TYPE)) {
    const key = targetKeyOf(manifest);
    const known = byTarget.get(key) ?? [];
    if (!known.some(({ metadata }) => metadata.name === manifest.metadata.name)) {
      byTarget.set(key, [...known, manifest]);
    }
  }
  return byTarget;
}

/** The key of `canariesByTarget` that a Canary is found by. */
export function targetKeyOf(canary: any): string {
  const { kind, name } = mapAt(canary, 'spec', 'targetRef');
  return JSON.stringify([kind, canary.metadata.namespace, name]);
}

/** The name of the Service that Flagger makes for a Canary, and of what else it makes of that. */
export function apexOf(canary: any): string {
  return textAt(canary, 'spec', 'service', 'name') || mapAt(canary, 'spec', 'targetRef').name;
}

/** The releases that install Flagger. */
export function flaggerReleases(cluster: ClusterView): readonly AppliedObject[] {
  return cluster
    .ofType('helm.toolkit.fluxcd.io/HelmRelease')
    .filter((release) => chartName(release, cluster) === 'flagger');
}

/** How Flux is told to leave an object as it is once it is there; undefined where it is not told. */
export function untouchedBy(manifest: any): string | undefined {
  const annotations = mapAt(manifest, 'metadata', 'annotations');
  const ssa = annotations['kustomize.toolkit.fluxcd.io/ssa'];
  if (typeof ssa === 'string' && /^(?:ignore|ifnotpresent)$/i.test(ssa)) {
    return ssa;
  }
  return valueAt(annotations, 'kustomize.toolkit.fluxcd.io/reconcile') === 'disabled'
    ? 'disabled'
    : undefined;
}
