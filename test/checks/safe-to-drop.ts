/** What may be missing from a fleet without anybody getting further for it, and why. */
export const SAFE_TO_DROP: readonly { readonly pattern: RegExp; readonly reason: string }[] = [];
