import {
  type Context,
  computed,
  nonEmpty,
  optional,
  required,
  type State,
  t,
} from '../../provider/framework';

export const d = { description: 'A description.' };

/** Compiles only if both types are the same. */
type Same<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
export function exactly<X, Y>(_: Same<X, Y>): void {}

export const client = { find: (id: string) => id };

export const attributes = {
  id: computed(t.string, d),
  name: required(t.string, { ...d, validate: [nonEmpty] }),
  size: optional(t.number, { ...d, default: 1 }),
  price: optional(t.decimal, { ...d, default: '0.1' }),
  tags: optional(t.set(t.string), { ...d, default: ['a'] }),
  origin: optional(t.object({ country: t.string }), { ...d, default: { country: 'FR' } }),
  rules: optional(t.list(t.nested({ port: optional(t.number, { ...d, default: 80 }) })), d),
};

type Thing = State<typeof attributes>;

/** Handlers that fit these attributes. */
export declare const handlers: {
  create(context: Context<typeof client>): Promise<Thing>;
  read(context: Context<typeof client>, state: Thing): Promise<Thing | null>;
  update(context: Context<typeof client>): Promise<Thing>;
  delete(context: Context<typeof client>, state: Thing): Promise<void>;
};
