import { IConstruct } from 'constructs';

/** What makes Flux look at a ConfigMap or Secret as soon as it changes, and not at the next interval. */
const WATCHED = ['reconcile.fluxcd.io/watch', 'Enabled'] as const;

/** An object of the program that others name. */
export interface KnownObject {
  /** Throws when it is known to lie in another namespace than `namespace`, where it is used. */
  requireIn(namespace: string, what: string): void;
  /** Has Flux look at it as soon as it changes. */
  watch(): void;
}

/** What is known of a construct of cdk8s-plus; one that stands for something outside of the program has no metadata. */
export function knownObject(construct: IConstruct): KnownObject {
  const { metadata } = construct as any;
  return {
    requireIn(namespace, what) {
      const own: string | undefined = metadata?.namespace;
      if (own !== undefined && own !== namespace) {
        throw new Error(
          `${what} must be in namespace '${namespace}', where it is used, got '${own}'`,
        );
      }
    },
    watch() {
      metadata?.addLabel(...WATCHED);
    },
  };
}
