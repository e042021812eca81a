import * as fc from 'fast-check';
import { isOfNamespace, metricQueryFault } from '../../src/vocabulary/metric-query';

describe('a query of a metric', () => {
  test.each([
    'up',
    '',
    'sum(rate(x{namespace="{{ namespace }}",pod=~"{{target}}-.*"}[{{ interval }}]))',
    'sum:shop.orders{service:{{ target }}}.as_rate()',
    '{{ name }} {{ service }} {{ ingress }} {{ variables.direction }}',
    '{{- target -}}',
    '{{/* a comment }} of mine */}}{{- /* and */ -}}',
    '{{ printf "%s-canary" target }}',
    '{{ target | printf "%s }}" }}',
    '{{ if eq target "a" }}b{{ else }}c{{ end }}',
    '{{ with target }}{{ . }}{{ .x }}{{ end }}',
    '{{ $x := target }}{{ $x }}',
    '{{ (index variables "x") }}',
    '{{\n  namespace\n}}',
    'a }} b',
    '{ { name } }',
  ])('%j is one that Flagger can fill in', (query) => {
    expect(metricQueryFault(query)).toBeUndefined();
  });

  test.each([
    ['x{{ namspace }}', "'{{ namspace }}', which is nothing that Flagger fills in: name, names"],
    ['{{ Namespace }}', "'{{ Namespace }}', which is nothing"],
    ['{{ toString }}', "'{{ toString }}', which is nothing"],
    ['{{ .namespace }}', "'{{ .namespace }}', where '.namespace' is of nothing: write {{ namesp"],
    ['{{ $.Values.x }}', "'{{ $.Values.x }}', where '$.Values.x' is of nothing"],
    ['{{ if target }}{{ .x }}{{ end }}', "'{{ .x }}', where '.x' is of nothing"],
    ['{{ if target }}{{ if target }}{{ end }}{{ .x }}{{ end }}', "'{{ .x }}', where '.x' is of"],
    ['{{ with target }}{{ end }}{{ .x }}', "'{{ .x }}', where '.x' is of nothing"],
    ['{{ target.name }}', "'{{ target.name }}', where '.name' is of nothing"],
    ['{{ target-canary }}', "'{{ target-canary }}', which is no action of a template"],
    ['rate(x[{{ interval }])', "'{{ interval }])', which is no action of a template"],
    ['a {{ "b }}', "'{{ \"b }}', which is no action"],
    ['{{ }}', "'{{ }}', which is empty"],
    ['{{ end }}', "'{{ end }}', which ends nothing"],
    ['{{ if target }}a', "'{{ if … }}', which nothing ends"],
  ])('%j is refused', (query, fault) => {
    expect(metricQueryFault(query)?.slice(0, fault.length)).toBe(fault);
  });

  test('of any text is judged, whatever it holds, and without braces it is sound', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{', '}}', ' ', '"', '-', '/*', 'name', '.', '\n')),
        (some) => {
          expect(() => metricQueryFault(some.join(''))).not.toThrow();
        },
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(metricQueryFault(text.replaceAll('{', '('))).toBeUndefined();
      }),
    );
  });

  test('is of a namespace that is filled in or named', () => {
    for (const query of [
      'x{a="{{ namespace }}"}',
      'x{a="shop"}',
      'x_{{ variables.of }}',
      'shop_x',
    ]) {
      expect(isOfNamespace(query, 'shop')).toBe(true);
    }
    for (const query of [
      'up',
      'x{a="{{ target }}"}',
      'x{a="shopping"}',
      'x{a="shop-b",namespace=~".*"}',
    ]) {
      expect(isOfNamespace(query, 'shop')).toBe(false);
    }
  });
});
