import { isUnknown } from './unknown';

/** What a modifier sees of one attribute. */
export interface ModifierInput {
  readonly config: unknown;
  /** Undefined where what holds the attribute was not there: at a creation, or in a new element of a list. */
  readonly prior: unknown;
  readonly planned: unknown;
  /** There is a prior state: this is not a creation. */
  readonly exists: boolean;
  /** The planned value differs from the prior one, as Terraform compares them. */
  readonly changed: boolean;
}

/** Changes the planned value of one attribute (`planned`), or asks for a replacement of the resource (`replace`). */
export interface Modifier {
  /** For the documentation: what the modifier means to the person; empty where it means nothing to them. */
  readonly note: string;
  modify(input: ModifierInput): { readonly planned?: unknown; readonly replace?: boolean };
}

/** A change of this attribute destroys the object and creates another. */
export const requiresReplace: Modifier = {
  note: 'Changing this replaces the resource.',
  modify: ({ exists, changed }) => ({ replace: exists && changed }),
};

/**
 * A computed value that never changes once it is there: an update does not make it unknown again.
 * A null stays null as well, so that an imported object without a secret does not promise one.
 */
export const useStateForUnknown: Modifier = {
  note: '',
  modify: ({ prior, planned }) => (prior !== undefined && isUnknown(planned) ? { planned: prior } : {}),
};
