import { isUnknown } from './unknown';

/** What a modifier sees of one attribute. */
export interface ModifierInput {
  readonly config: unknown;
  /** Undefined if whatever holds the attribute is new: the resource, or an element of a list. */
  readonly prior: unknown;
  readonly planned: unknown;
  /** The prior state of the whole resource; null while it is created. */
  readonly state: Readonly<Record<string, unknown>> | null;
  /** There is a prior state, so this is not a creation. */
  readonly exists: boolean;
  /** The planned value differs from the prior one, as Terraform compares them. */
  readonly changed: boolean;
}

/** Changes an attribute's planned value (`planned`), or asks for the resource to be replaced (`replace`). */
export interface Modifier {
  /** For the documentation: what the modifier means to users; empty if it does not concern them. */
  readonly note: string;
  modify(input: ModifierInput): { readonly planned?: unknown; readonly replace?: boolean };
}

/** Changing this attribute destroys the object and creates another. */
export const requiresReplace: Modifier = {
  note: 'Changing this replaces the resource.',
  modify: (input) => ({ replace: input.exists && input.changed }),
};

/**
 * For a computed value that never changes once it is set: an update does not make it unknown again.
 * A null stays null, too: an imported object without a secret must not promise one.
 */
export const useStateForUnknown: Modifier = {
  note: '',
  modify: ({ prior, planned }) => (prior !== undefined && isUnknown(planned) ? { planned: prior } : {}),
};
