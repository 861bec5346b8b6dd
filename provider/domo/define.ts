import { createFactory } from '../framework';
import type { Instances } from './instances';

/** Defines the provider and what it offers; every handler gets the {@link Instances}. */
export const define = createFactory<Instances>();
