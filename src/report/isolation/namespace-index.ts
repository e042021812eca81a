import { mapAt, textsAt, itemsAt, textAt } from '../../checks/manifest-fields';
import { ClusterView } from '../../clusters/cluster-view';
import { isSelected } from '../../inventory/label-selector';
import { NAMESPACE_NAME_LABEL, TENANT_LABEL } from '../../vocabulary/labels';
import { addTo } from '../../vocabulary/grouped';
import { isMap } from '../../vocabulary/is-map';

/** Which namespaces a label selector selects, as far as namespaces are known. */
export interface Selection {
  /** The selector in words. */
  readonly words: string;
  /** @default - all namespaces, known or not */
  readonly members?: ReadonlySet<string>;
}

/** The namespaces of a cluster, with their labels. */
export class NamespaceIndex {
  /** Of all objects, whether the namespace itself is known or not. */
  public readonly labels = new Map<string, Record<string, string>>();
  private readonly byLabel = new Map<string, string[]>();
  private readonly known = new Map<string, Selection>();

  public constructor(view: ClusterView) {
    for (const { manifest } of view.objects) {
      const { name, namespace } = manifest.metadata;
      if (manifest.kind === 'Namespace' && manifest.apiVersion === 'v1') {
        this.labels.set(name, {
          ...mapAt(manifest, 'metadata', 'labels'),
          [NAMESPACE_NAME_LABEL]: name,
        });
      } else if (typeof namespace === 'string' && !this.labels.has(namespace)) {
        this.labels.set(namespace, { [NAMESPACE_NAME_LABEL]: namespace });
      }
    }
    for (const [name, labels] of this.labels) {
      for (const [key, value] of Object.entries(labels)) {
        const at = labelKey(key, value);
        addTo(this.byLabel, at, name);
      }
    }
  }

  /** What a selector selects; an empty one selects everything. */
  public select(selector: unknown): Selection {
    const key = JSON.stringify(selector) ?? '';
    const known = this.known.get(key) ?? this.selection(selector);
    this.known.set(key, known);
    return known;
  }

  private selection(selector: unknown): Selection {
    const words = selectorInWords(selector);
    if (words === '') {
      return { words: 'all namespaces' };
    }
    const names = this.candidates(selector).filter((name) =>
      isSelected(selector, this.labels.get(name) ?? { [NAMESPACE_NAME_LABEL]: name }),
    );
    return { words: namesInWords(selector) ?? `namespaces with ${words}`, members: new Set(names) };
  }

  /** Namespaces that may be selected: those with the first label that is asked for, so as not to try all of them each time. */
  private candidates(selector: unknown): readonly string[] {
    const [equal] = Object.entries(mapAt(selector, 'matchLabels'));
    if (equal) {
      return this.labelled(...equal);
    }
    const listed = itemsAt(selector, 'matchExpressions').find(
      ({ value }) => textAt(value, 'operator') === 'In',
    );
    return listed
      ? [...new Set(textsAt(listed.value, 'values'))].flatMap((value) =>
          this.labelled(String(listed.value.key), value),
        )
      : [...this.labels.keys()];
  }

  /** The API server labels each namespace with its name, also those that are not known. */
  private labelled(key: string, value: unknown): readonly string[] {
    const known = this.byLabel.get(labelKey(key, value));
    return known ?? (key === NAMESPACE_NAME_LABEL && typeof value === 'string' ? [value] : []);
  }
}

/** What selects by one of the labels that everybody knows, in fewer words. */
function namesInWords(selector: unknown): string | undefined {
  const [[key, value] = [undefined, undefined], ...more] = Object.entries(
    mapAt(selector, 'matchLabels'),
  );
  if (more.length > 0 || itemsAt(selector, 'matchExpressions').length > 0) {
    return undefined;
  }
  return key === NAMESPACE_NAME_LABEL
    ? `namespace ${String(value)}`
    : key === TENANT_LABEL
      ? `namespaces of tenant ${String(value)}`
      : undefined;
}

/** A label selector in words; empty for one that selects everything. */
export function selectorInWords(selector: unknown): string {
  const equal = Object.entries(mapAt(selector, 'matchLabels')).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const others = itemsAt(selector, 'matchExpressions').map(({ value }) => {
    const { key, operator } = isMap(value) ? value : ({} as any);
    const values = textsAt(value, 'values').sort().join(', ');
    return `${String(key)} ${String(operator)}${values === '' ? '' : ` (${values})`}`;
  });
  return [...equal.sort(), ...others.sort()].join(' and ');
}

function labelKey(key: string, value: unknown): string {
  return JSON.stringify([key, value]);
}
