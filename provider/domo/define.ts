import { kit } from '../framework';
import type { Domo } from './connection';

/** Defines the provider and what it offers; every handler is handed a {@link Domo}. */
export const define = kit<Domo>();
