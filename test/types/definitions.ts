/** What must compile and what must not, checked by tsc alone: nothing here runs. */
import {
  computed,
  createFactory,
  nonEmpty,
  optional,
  optionalComputed,
  required,
  t,
  upgradeFrom,
  validator,
  writeOnly,
} from '../../provider/framework';
import { attributes, client, d, handlers } from './things';

const { resource, listResource, provider } = createFactory<typeof client>();

// A default has the type of its attribute.
// @ts-expect-error: a text for a number
optional(t.number, { ...d, default: '1' });
// @ts-expect-error: a number for a decimal
optional(t.decimal, { ...d, default: 0.1 });
// @ts-expect-error: a text for a set
optional(t.set(t.string), { ...d, default: 'a' });
// @ts-expect-error: an element of another type
optional(t.list(t.string), { ...d, default: [1] });
// @ts-expect-error: a key that the object does not have
optional(t.object({ country: t.string }), { ...d, default: { nation: 'FR' } });
// @ts-expect-error: null is no default
optional(t.string, { ...d, default: null });

// Everything is described.
// @ts-expect-error: no description
computed(t.string, {});
// @ts-expect-error: no options at all
required(t.string);

// Options belong to a presence.
// @ts-expect-error: what is required needs no default
required(t.string, { ...d, default: 'a' });
// @ts-expect-error: what is computed has no default
computed(t.string, { ...d, default: 'a' });
// @ts-expect-error: only what is computed may end as null
required(t.string, { ...d, nullable: true });
// @ts-expect-error: a default would be kept
writeOnly(t.string, { ...d, default: 'a' });
// @ts-expect-error: whether the provider sets it is settled without a default
optionalComputed(t.string, { ...d, default: 'a' });

// A validator is for the attribute's type.
// @ts-expect-error: a rule for texts on a number
optional(t.number, { ...d, validate: [nonEmpty] });
// @ts-expect-error: a rule compares what the attribute holds
optional(t.string, { ...d, equivalent: (a: number, b: number) => a === b });
optional(t.set(t.string), {
  ...d,
  validate: [validator('is short', (all) => (all.length > 9 ? 'No.' : undefined))],
});

// An identity names attributes.
resource('thing', { ...d, attributes, identity: { id: 'required', name: 'optional' }, ...handlers });
// @ts-expect-error: misspelt
resource('thing', { ...d, attributes, identity: { nmae: 'required' }, ...handlers });
// @ts-expect-error: either required or optional
resource('thing', { ...d, attributes, identity: { id: 'yes' }, ...handlers });

// A handler returns a state.
resource('thing', { ...d, attributes, ...handlers, create: async (_, plan) => ({ ...plan, id: '1' }) });
// @ts-expect-error: the id is still unknown
resource('thing', { ...d, attributes, ...handlers, create: async (_, plan) => plan });
// @ts-expect-error: a key is missing
resource('thing', { ...d, attributes, ...handlers, read: async (_, { id, name }) => ({ id, name }) });
// @ts-expect-error: what is gone is null
resource('thing', { ...d, attributes, ...handlers, read: async () => undefined });

// An upgrade returns today's state.
const version0 = { id: computed(t.string, d), title: required(t.string, d) };
const rest = { size: 1, price: '0', tags: [], origin: { country: 'FR' }, rules: null };
resource('thing', {
  ...d,
  attributes,
  ...handlers,
  upgrade: { 0: upgradeFrom(version0, ({ id, title }) => ({ id, name: title, ...rest })) },
});
resource('thing', {
  ...d,
  attributes,
  ...handlers,
  // @ts-expect-error: the name is missing
  upgrade: { 0: upgradeFrom(version0, ({ id }) => ({ id, ...rest })) },
});
// @ts-expect-error: the old state had no such attribute
upgradeFrom(version0, ({ name }) => ({ name }));

// A move returns today's state, but for what only the next read can fill in.
const from = { type: 'other_thing', providers: ['other/other'] };
const moved = { id: '1', name: 'a', ...rest };
resource('thing', { ...d, attributes, ...handlers, moves: [{ ...from, move: () => moved }] });
// @ts-expect-error: a key is missing
resource('thing', { ...d, attributes, ...handlers, moves: [{ ...from, move: () => rest }] });
resource('thing', {
  ...d,
  attributes,
  ...handlers,
  // @ts-expect-error: null only for what it may leave to a read
  moves: [{ ...from, move: () => ({ ...moved, id: null }) }],
});
// @ts-expect-error: misspelt
resource('thing', { ...d, attributes, ...handlers, nullAfterMove: ['nmae'] });
const tolerant = {
  ...handlers,
  nullAfterMove: ['id'] as const,
  read: async (_: unknown, { id }: { readonly id: string | null }) => ({ ...moved, id: id ?? '1' }),
  update: async () => moved,
  delete: async () => {},
};
resource('thing', {
  ...d,
  attributes,
  ...tolerant,
  moves: [{ ...from, move: () => ({ ...moved, id: null }) }],
  // @ts-expect-error: after a move it may be null
  delete: async (_, { id }) => void id.toUpperCase(),
});
// @ts-expect-error: a handler that does not expect null
resource('thing', { ...d, attributes, ...tolerant, read: handlers.read });
// @ts-expect-error: after a read it is known
resource('thing', { ...d, attributes, ...tolerant, read: async (_, state) => state });
// @ts-expect-error: before the provider is configured, there is no client
resource('thing', { ...d, attributes, ...handlers, moves: [{ ...from, move: ({ client }) => client }] });

// A generated configuration has no unknown values, and nothing that users cannot set.
resource('thing', { ...d, attributes, ...handlers, generate: (_, { name }) => ({ name, size: null }) });
// @ts-expect-error: nobody can set the id
resource('thing', { ...d, attributes, ...handlers, generate: () => ({ id: '1' }) });
// @ts-expect-error: no such attribute
resource('thing', { ...d, attributes, ...handlers, generate: () => ({ colour: null }) });
// @ts-expect-error: of another type
resource('thing', { ...d, attributes, ...handlers, generate: () => ({ size: 'big' }) });

// A list resource yields the identity of its resource.
const identity = { id: 'required', name: 'optional' } as const;
const identified = resource('thing', { ...d, attributes, identity, ...handlers });
const filter = { prefix: optional(t.string, d) };
const result = { identity: { id: '1', name: null }, displayName: 'a' };
/** A list with the same result whatever is asked. */
const yielding = <R>(one: R) => ({
  ...d,
  attributes: filter,
  list: async function* () {
    yield one;
  },
});
listResource(identified, yielding(result));
listResource(identified, yielding({ ...result, resource: { ...moved, id: null, size: null } }));
listResource(identified, {
  ...d,
  attributes: filter,
  async *list({ client, limit }, { prefix }) {
    // @ts-expect-error: it may not be set
    prefix.toUpperCase();
    if (prefix !== null && limit > 1) yield { ...result, displayName: client.find(prefix) };
  },
});
// @ts-expect-error: no identity
listResource(identified, yielding({ displayName: 'a' }));
// @ts-expect-error: part of the identity is missing
listResource(identified, yielding({ ...result, identity: { id: '1' } }));
// @ts-expect-error: what an import needs is not null
listResource(identified, yielding({ ...result, identity: { id: null, name: null } }));
// @ts-expect-error: no display name
listResource(identified, yielding({ identity: result.identity }));
// @ts-expect-error: what is required is not null
listResource(identified, yielding({ ...result, resource: { ...moved, name: null } }));
// @ts-expect-error: a key of the object is missing
listResource(identified, yielding({ ...result, resource: { id: '1' } }));
// @ts-expect-error: another type than in its schema
listResource(identified, yielding({ ...result, resource: { ...moved, size: 'big' } }));
// @ts-expect-error: the name of a resource, not the resource
listResource('thing', yielding(result));

// A provider hands out one kind of client.
const common = { name: 'p', source: 'p/p', version: '1.0.0', description: 'P.', attributes: {} };
provider({
  ...common,
  configure: () => client,
  resources: [resource('thing', { ...d, attributes, ...handlers })],
  dataSources: [],
});
// @ts-expect-error: another client than its resources take
provider({ ...common, configure: () => ({ fetch: 1 }), resources: [], dataSources: [] });
declare const stranger: ReturnType<ReturnType<typeof createFactory<{ other(): void }>>['resource']>;
// @ts-expect-error: a resource of another provider, with another client
provider({ ...common, configure: () => client, resources: [stranger], dataSources: [] });
provider({
  ...common,
  configure: () => client,
  resources: [identified],
  dataSources: [],
  listResources: [listResource(identified, yielding(result))],
});
