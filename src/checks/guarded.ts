import { Problem } from './check';

/** What `examine` finds; that it failed, should it throw: on whatever somebody wrote, a check must not stop the others. */
export function* guarded<T extends Problem>(
  id: string,
  examine: () => Iterable<T>,
): Generator<Partial<T> & { readonly message: string; readonly failed?: boolean }> {
  try {
    yield* examine();
  } catch (error) {
    yield {
      message: `could not be judged by check '${id}': ${(error as Error).message}`,
      failed: true,
    } as any;
  }
}
