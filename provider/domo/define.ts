import { createFactory } from '../framework';
import type { Domo } from './connection';

/** Defines the provider and what it offers; every handler gets a {@link Domo}. */
export const define = createFactory<Domo>();
