import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CanaryHook,
  CanaryHookKind,
  CanaryHookOptions,
  HookMetadata,
} from '../vocabulary/canary-hook';
import { ContainerImage } from '../vocabulary/container-image';
import { MAP, TEXT, madeBy, optional, requireProps } from '../vocabulary/form';
import { loadTest, LoadTestOptions } from '../vocabulary/load-test';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { CanaryContainer, hardenedPod, requireContainer } from './hardened-pod';
import { kubernetesObject } from './kubernetes-object';
import { closeToOthers } from './closed-pods';

/** What sends requests to new versions, and who may have it do so. */
export interface LoadTesterProps {
  /**
   * The load tester of Flagger, or an image made from it.
   *
   * @default - `ghcr.io/fluxcd/flagger-loadtester:0.38.0`
   */
  readonly image?: ContainerImage;
  /**
   * Namespace of Flagger, from which alone it can be reached.
   *
   * @default 'flagger-system'
   */
  readonly flaggerNamespace?: string;
  /**
   * Namespace of the canaries that it is for, one of the tenant's.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
  /**
   * What runs in its container besides.
   *
   * @default - 100m of CPU and 256Mi of memory
   */
  readonly container?: CanaryContainer;
}

const IMAGE = 'ghcr.io/fluxcd/flagger-loadtester:0.38.0';
const PORT = 8080;
const GATES = [
  CanaryHookKind.CONFIRM_ROLLOUT,
  CanaryHookKind.CONFIRM_TRAFFIC_INCREASE,
  CanaryHookKind.CONFIRM_PROMOTION,
  CanaryHookKind.ROLLBACK,
];

/** The last of several would count: who may send commands, and where they arrive. */
const OWN_FLAGS = /^--?(?:namespace-regexp|port)(?:=|$)/;

/** Tells the pods of load testers from others. */
const LOAD_TESTER_LABEL = 'cdk8s-flux-tenants/load-tester';

/**
 * A load tester for the canaries of one namespace of a tenant. Flagger's runs whatever command it is sent and asks nobody who they are:
 * each tenant has its own, without a token of the API server, that only Flagger's namespace can reach and that reaches what the tenant's
 * pods reach. Its NetworkPolicy is the platform's, so that it goes into a `Tenant`, not into an `AppRepo`.
 *
 * Throws when the namespace is another tenant's, or arguments say otherwise for which namespace it is.
 *
 * @see https://docs.flagger.app/usage/webhooks#load-testing
 */
export class LoadTester extends Construct {
  /** The Deployment, for what the props do not reach. */
  public readonly deployment: ApiObject;
  private readonly namespace: string;

  public constructor(scope: Construct, id: string, props: LoadTesterProps = {}) {
    super(scope, id);
    requireProps(`load tester '${id}'`, props, {
      image: optional(madeBy(ContainerImage, `of('${IMAGE}')`)),
      flaggerNamespace: optional(TEXT),
      targetNamespace: optional(TEXT),
      container: optional(MAP),
    });
    requireContainer(props.container ?? {});
    const foreign = props.container?.args?.find((arg) => OWN_FLAGS.test(arg));
    if (foreign !== undefined) {
      throw new Error(
        `args of load tester '${id}' must leave its port and namespaces as they are, got ${quoted(foreign)}`,
      );
    }
    const tenant = tenantOf(this);
    const namespace = requireTargetNamespace(tenant, props.targetNamespace ?? tenant.homeNamespace);
    this.namespace = namespace;
    const name = requireDnsLabel('load tester', id);
    const labels = { app: name, [LOAD_TESTER_LABEL]: name };
    const image = props.image ?? ContainerImage.of(IMAGE);

    place(this, { file: 'load-tester' });
    const metadata = { name, namespace };
    this.deployment = kubernetesObject(this, 'deployment', 'apps/v1', 'Deployment', metadata, {
      spec: {
        // Which gates are open, it only remembers.
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: hardenedPod(namespace, {
            image,
            port: PORT,
            container: {
              memory: '256Mi',
              healthPath: '/healthz',
              ...props.container,
              args: [
                `-port=${PORT}`,
                '-log-level=info',
                '-timeout=1h',
                `-namespace-regexp=^${namespace}$`,
                ...(props.container?.args ?? []),
              ],
            },
          }),
        },
      },
    });
    this.node.defaultChild = this.deployment;
    image.markIn(this.deployment, '/spec/template/spec/containers/0/image');
    kubernetesObject(this, 'service', 'v1', 'Service', metadata, {
      spec: {
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
        selector: { app: name },
      },
    });
    closeToOthers(this, tenant, metadata, {
      label: LOAD_TESTER_LABEL,
      from: requireDnsLabel('namespace of Flagger', props.flaggerNamespace ?? 'flagger-system'),
      port: PORT,
    });
  }

  /**
   * Sends requests during the analysis: without any, there is nothing to measure, and it fails.
   *
   * Throws when an option is out of range or could be read as part of a command.
   */
  public load(options: LoadTestOptions = {}): CanaryHook {
    return this.hook(CanaryHookKind.ROLLOUT, { timeout: Duration.seconds(5) }, loadTest(options));
  }

  /**
   * Runs a command before the new version gets traffic, which must succeed.
   *
   * @param command for bash, in the container of the load tester, such as `curl -sf http://shop-canary.team-a.svc:8080/healthz`
   * @param timeout how long it may take. Default: half a minute
   */
  public acceptance(command: string, timeout: Duration = Duration.seconds(30)): CanaryHook {
    if (typeof command !== 'string' || command.trim() === '') {
      throw new Error(`command of an acceptance test must be a text, got ${quoted(command)}`);
    }
    return this.hook(CanaryHookKind.PRE_ROLLOUT, { timeout }, () => ({
      type: 'bash',
      cmd: command,
    }));
  }

  /**
   * A gate that a person opens, closed at first and whenever the load tester starts: with
   * `curl -d '{"name":"<app>","namespace":"<namespace>"}' localhost:8080/gate/open` in its container, or `/rollback/open` for one of
   * `CanaryHookKind.ROLLBACK`, which rolls back.
   *
   * Throws when the kind is none that waits for a person.
   *
   * @param patience how long it may take, which syncs that wait for health must wait, too. Default: an hour, where Flagger waits
   * @see https://docs.flagger.app/usage/webhooks#manual-gating
   */
  public gate(kind: CanaryHookKind, patience?: Duration): CanaryHook {
    if (!GATES.includes(kind)) {
      throw new Error(`gate must be one of ${GATES.join(', ')}, got ${quoted(kind)}`);
    }
    const path = kind === CanaryHookKind.ROLLBACK ? '/rollback/check' : '/gate/check';
    return this.hook(kind, { path, patience });
  }

  private hook(
    kind: CanaryHookKind,
    options: Omit<CanaryHookOptions, 'service'>,
    metadata?: HookMetadata,
  ): CanaryHook {
    return CanaryHook._in(this.namespace, kind, { service: this.node.id, ...options }, metadata);
  }
}
