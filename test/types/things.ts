import type { Context, State } from '../../provider/framework';
import type { attributes } from './definitions';

export const d = { description: 'A description.' };

export const client = { find: (id: string) => id };

type Thing = State<typeof attributes>;

/** Handlers that fit the attributes of `definitions.ts`. */
export declare const handlers: {
  create(context: Context<typeof client>): Promise<Thing>;
  read(context: Context<typeof client>, state: Thing): Promise<Thing | null>;
  update(context: Context<typeof client>): Promise<Thing>;
  delete(context: Context<typeof client>, state: Thing): Promise<void>;
};
