function replaceAll(from: string, to: string): (text: string) => string {
  return (text) => text.replaceAll(from, to);
}

/** Ways to weaken the policies, each of which a request has to notice. */
export const MUTATIONS: { readonly [name: string]: (text: string) => string } = {
  'longer-names': replaceAll("startsWith(a + '/')", 'startsWith(a)'),
  'dot-segments': replaceAll("&& !variables.place.matches('/[.][.]?(/|$)')", ''),
  'open-end': replaceAll("+$') && !variables", "+') && !variables"),
  unsigned: replaceAll('has(object.spec.verify) && ', 'true || '),
  'any-signer': replaceAll('.all(i, i.issuer', '.all(i, true || i.issuer'),
  'any-host': replaceAll('endsWith(a.substring(1))', 'endsWith(a.substring(2))'),
  'any-spelling': replaceAll(".matches('^([*][.])?[a-z0-9]", ".matches('"),
  'all-below-one': replaceAll("a.startsWith('*.') && ", ''),
  'any-gateway': replaceAll("+ '/' + r.name) in variables.gateways", "+ '/' + r.name) != ''"),
  'any-alias': replaceAll('server-alias(-regex)?|', ''),
  'any-condition': replaceAll('host-header', 'host-headers'),
  'any-path': replaceAll('[!-_a-~]', '[!-~]'),
  'any-configuration': replaceAll('|^getambassador[.]io/config$', ''),
  'any-dns-name': replaceAll(".split(',').all(h, ", ".split(',').exists(h, "),
  'any-account': replaceAll(
    'object.spec.serviceAccountName == variables.account',
    "object.spec.serviceAccountName != ''",
  ),
  'depends-on-anything': replaceAll('object.spec.dependsOn.all(', 'object.spec.dependsOn.exists('),
  'remote-clusters': replaceAll('!has(object.spec.kubeConfig)', 'true'),
  'any-namespace': replaceAll('in variables.namespaces', "!= ''"),
  'webhooks-behind-users': replaceAll('(/[^@]*)?$', '(.*)?$'),
  'no-updates': replaceAll('- UPDATE', '- CONNECT'),
  'no-new-ones': replaceAll('- CREATE', '- CONNECT'),
  'one-version': replaceAll("- '*'", '- v1'),
  'no-hosts': replaceAll('size(object.spec.hostnames) > 0', 'true'),
  'token-of-flagger': replaceAll("'externalmetrics', ", ''),
  'no-hosts-of-canaries': replaceAll('size(object.spec.service.hosts) > 0', 'true'),
  'no-tenants': replaceAll('key: toolkit.fluxcd.io/tenant', 'key: toolkit.fluxcd.io/other'),
  'everybody-a-tenant': replaceAll('operator: Exists', 'operator: DoesNotExist'),
  'errors-in-expressions': replaceAll('has(oldObject.metadata) && ', 'oldObject.missing && '),
  'namespaces-for-all': replaceAll("['system:masters'", "['system:authenticated'"),
  'namespaces-for-alike': replaceAll('exists(g, g in', "exists(g, g.contains('acme') || g in"),
  'namespaces-by-status': replaceAll('- namespaces/status', '- namespaces/x'),
  'namespaces-by-finalize': replaceAll('- namespaces/finalize', '- namespaces/x'),
  'namespaces-that-claim': replaceAll(
    "request.userInfo.username == 'system",
    "oldObject == null || request.userInfo.username == 'system",
  ),
  'namespaces-unguarded': replaceAll("'pod-security.kubernetes.io/warn', ", ''),
};
