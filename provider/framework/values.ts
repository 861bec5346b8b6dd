/** The values of a whole schema as handlers see them: what may be unknown or null, and what may not. */
import type { Attributes, ObjectView } from './schema/schema';

export type Config<A extends Attributes> = ObjectView<A, 'config'>;
export type Proposed<A extends Attributes> = ObjectView<A, 'proposed'>;
export type PlanView<A extends Attributes> = ObjectView<A, 'plan'>;
export type State<A extends Attributes> = ObjectView<A, 'state'>;

/** A configuration without unknown values; whatever was not set is null. */
export type Known<A extends Attributes> = ObjectView<A, 'known'>;

/** A state as it is stored: a move may have left the attributes `M` null. */
export type Stored<A extends Attributes, M extends keyof A> = {
  readonly [N in keyof A]: State<A>[N] | (N extends M ? null : never);
};

/** What is known of an object before it is read by itself: all but what is required can be null. */
export type PartlyKnown<A extends Attributes> = {
  readonly [N in keyof A]: A[N] extends { readonly views?: { readonly config: infer C } }
    ? null extends C
      ? State<A>[N] | null
      : State<A>[N]
    : never;
};

/** A configuration to be written into a file: whatever the user cannot set is null, and so is what is left out. */
export type GeneratedConfig<A extends Attributes> = {
  readonly [N in keyof A]: A[N] extends { readonly views?: { readonly config: infer C } }
    ? [C] extends [null]
      ? null
      : State<A>[N] | null
    : never;
};
