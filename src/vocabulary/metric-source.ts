import { SECRET_REF, optional, requireForm } from './form';
import { SecretRef } from './secret-ref';
import { requireEndpoint } from './url';

/**
 * Whom Flagger asks for a metric, with credentials of the tenant's own. Amazon CloudWatch, Google Cloud Monitoring, Keptn and the
 * cluster's external metrics are left out: those Flagger asks with an identity of its own, which is the platform's. What they hold can be
 * had from Prometheus by an exporter.
 *
 * @see https://docs.flagger.app/usage/metrics
 */
export class MetricSource {
  /**
   * Prometheus. Throws when the address is neither encrypted nor that of a Service.
   *
   * @param address `https://<host>/<path>`, or `http://<service>.<namespace>.svc:<port>` in the cluster
   * @param credentials Secret with `username` and `password`, or `token`. Default: none
   */
  public static prometheus(address: string, credentials?: SecretRef): MetricSource {
    return new MetricSource('prometheus', address, credentials);
  }

  /**
   * Datadog.
   *
   * @param credentials Secret with `datadog_api_key` and `datadog_application_key`
   * @param address where its API is. Default: `https://api.datadoghq.com`
   */
  public static datadog(
    credentials: SecretRef,
    address: string = 'https://api.datadoghq.com',
  ): MetricSource {
    return new MetricSource('datadog', address, required(credentials));
  }

  /**
   * New Relic.
   *
   * @param credentials Secret with `newrelic_account_id` and `newrelic_query_key`
   */
  public static newRelic(credentials: SecretRef): MetricSource {
    return new MetricSource('newrelic', undefined, required(credentials));
  }

  /**
   * Graphite. Throws when the address is neither encrypted nor that of a Service.
   *
   * @param credentials Secret with `username` and `password`. Default: none
   */
  public static graphite(address: string, credentials?: SecretRef): MetricSource {
    return new MetricSource('graphite', address, credentials);
  }

  /**
   * InfluxDB. Throws when the address is neither encrypted nor that of a Service.
   *
   * @param credentials Secret with `token` and `org`
   */
  public static influxDb(address: string, credentials: SecretRef): MetricSource {
    return new MetricSource('influxdb', address, required(credentials));
  }

  /**
   * Dynatrace. Throws when the address is not encrypted.
   *
   * @param credentials Secret with `dynatrace_token`
   */
  public static dynatrace(address: string, credentials: SecretRef): MetricSource {
    return new MetricSource('dynatrace', address, required(credentials));
  }

  /**
   * Splunk Observability. Throws when the address is not encrypted.
   *
   * @param credentials Secret with `sf_token_key`
   */
  public static splunk(address: string, credentials: SecretRef): MetricSource {
    return new MetricSource('splunk', address, required(credentials));
  }

  private constructor(
    private readonly type:
      'datadog' | 'dynatrace' | 'graphite' | 'influxdb' | 'newrelic' | 'prometheus' | 'splunk',
    /** Where it is; undefined where it is everybody's at one place. @internal */
    readonly _address: string | undefined,
    private readonly credentials: SecretRef | undefined,
  ) {
    requireForm('credentials of a metric source', credentials, optional(SECRET_REF));
    if (_address !== undefined) {
      requireEndpoint('address of a metric source', _address);
    }
  }

  /** `spec.provider` of a MetricTemplate in a namespace. @internal */
  public _spec(namespace: string): any {
    return {
      type: this.type,
      ...(this._address !== undefined && { address: this._address }),
      ...(this.credentials && { secretRef: this.credentials._from(namespace) }),
    };
  }
}

function required(credentials: SecretRef): SecretRef {
  requireForm('credentials of a metric source', credentials, SECRET_REF);
  return credentials;
}
