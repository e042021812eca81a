import { JsonPatch } from 'cdk8s';
import { JsonPatchOperation } from '../vocabulary/environment-patch';

/** Why `operations` cannot be applied to `manifest`; `undefined` when they can. */
export function patchFailure(
  manifest: any,
  operations: readonly JsonPatchOperation[],
): string | undefined {
  try {
    JsonPatch.apply(structuredClone(manifest), ...operations.map(jsonPatch));
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

function jsonPatch({ op, path, value }: JsonPatchOperation): JsonPatch {
  switch (op) {
    case 'add':
      return JsonPatch.add(path, value);
    case 'remove':
      return JsonPatch.remove(path);
    case 'replace':
      return JsonPatch.replace(path, value);
    default:
      return JsonPatch.test(path, value);
  }
}
