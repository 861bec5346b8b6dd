import { createFactory } from '../framework';
import type { Domo } from './connection';

/** Defines what this provider offers; every handler is handed a {@link Domo}. */
export const domo = createFactory<Domo>();
