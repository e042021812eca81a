import { ApiObject, Testing } from 'cdk8s';
import {
  markSetter,
  SetterField,
  SetterMarker,
  setterMarkersOf,
} from '../../src/vocabulary/setter-marker';

const MARKER: SetterMarker = {
  pointer: '/spec/image',
  policyNamespace: 'team-a',
  policyName: 'podinfo',
  field: SetterField.IMAGE,
  expected: 'ghcr.io/acme/podinfo:1.0.0',
  imageName: 'ghcr.io/acme/podinfo',
  repository: 'https://github.com/acme/team-a',
  updatePath: '',
};

function anObject(): ApiObject {
  return new ApiObject(Testing.chart(), 'x', { apiVersion: 'v1', kind: 'X' });
}

describe('a field that is marked twice', () => {
  const pinned = { ...MARKER, pinned: true };

  test('is marked once', () => {
    const object = anObject();
    markSetter(object, MARKER);
    markSetter(object, { ...MARKER });
    expect(setterMarkersOf(object)).toEqual([MARKER]);
  });

  test.each([
    ['first', [pinned, MARKER]],
    ['last', [MARKER, pinned]],
  ])('is pinned when it is pinned %s', (_, markers) => {
    const object = anObject();
    markers.forEach((marker) => markSetter(object, marker));
    expect(setterMarkersOf(object)).toEqual([pinned]);
  });

  test('keeps both where they differ, for synthesis to refuse', () => {
    const object = anObject();
    markSetter(object, MARKER);
    markSetter(object, { ...MARKER, policyName: 'other' });
    markSetter(object, { ...MARKER, expected: 'ghcr.io/acme/podinfo:2.0.0' });
    expect(setterMarkersOf(object)).toHaveLength(3);
  });
});

test('an object without markers has none', () => {
  expect(setterMarkersOf(anObject())).toEqual([]);
});
