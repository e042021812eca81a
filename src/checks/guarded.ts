import { Problem } from './check';

/** A problem, or that a check failed to look for it. */
export type Guarded<T extends Problem> = Partial<T> & {
  readonly message: string;
  readonly failed?: boolean;
};

const NOTHING: readonly never[] = [];

/** What `examine` finds, asked without a `this`; that it failed, should it throw: on whatever somebody wrote, a check must not stop the others. */
export function guarded<T extends Problem, Args extends unknown[]>(
  id: string,
  examine: (...args: Args) => Iterable<T>,
  ...args: Args
): readonly Guarded<T>[] {
  // No list is made of nothing: each check asks this of each object, and that is nearly always the answer.
  let found: Guarded<T>[] | undefined;
  try {
    for (const problem of examine(...args)) {
      (found ??= []).push(problem);
    }
  } catch (error) {
    const message = `could not be judged by check '${id}': ${(error as Error).message}`;
    (found ??= []).push({ message, failed: true } as Guarded<T>);
  }
  return found ?? NOTHING;
}
