import { isOpaque } from '../clusters/applied-object';
import { Field, textAt } from './manifest-fields';

/** The kinds that fetch from a registry. */
export const REGISTRY_TYPES = [
  'image.toolkit.fluxcd.io/ImageRepository',
  'source.toolkit.fluxcd.io/HelmRepository',
  'source.toolkit.fluxcd.io/OCIRepository',
];

/** What comes before the first '/' of what an object fetches from a registry: its host, if it names one. Undefined where it is unknown. */
export function registryPlace(manifest: any): Field<string> | undefined {
  const isImage = manifest.kind === 'ImageRepository';
  const key = isImage ? 'image' : 'url';
  const text = textAt(manifest, 'spec', key);
  if (text === undefined || isOpaque(text) || (!isImage && !text.startsWith('oci://'))) {
    return undefined;
  }
  const place = text.replace(/^oci:\/\//, '');
  return isImage && !place.includes('/')
    ? undefined
    : { value: place.split('/', 1)[0], pointer: `/spec/${key}` };
}
