/** What the handlers of ephemeral resources and actions see and may return, checked by tsc alone: nothing here runs. */
import {
  computed,
  createFactory,
  optional,
  optionalComputed,
  required,
  t,
  type Unknown,
  unknown,
  writeOnly,
} from '../../provider/framework';
import { client, d, exactly } from './things';

const factory = createFactory<typeof client>();
const attributes = {
  name: required(t.string, d),
  note: optional(t.string, d),
  region: optionalComputed(t.string, d),
  token: computed(t.string, d),
};
const result = { name: 'a', note: null, region: 'eu', token: 'b' };
const open = async () => ({ result });

factory.ephemeralResource('lease', {
  ...d,
  attributes,
  validate({ name, note }) {
    exactly<typeof name, string | Unknown>(true);
    exactly<typeof note, string | Unknown | null>(true);
    return [];
  },
  async open(context, config) {
    exactly<typeof config.name, string>(true);
    exactly<typeof config.note, string | null>(true);
    exactly<typeof config.region, string | null>(true);
    exactly<typeof config.token, null>(true);
    context.client.find('1');
    // @ts-expect-error: what fails is thrown, since engines close nothing beside an error
    context.error('No', 'Nothing.');
    return { result, private: { id: '1', at: 5 }, renewAt: new Date() };
  },
  async renew(_, kept) {
    exactly<typeof kept, { id: string; at: number }>(true);
    return { private: { ...kept, at: 6 } };
  },
  async close(_, { id }) {
    id.toUpperCase();
  },
});
factory.ephemeralResource('lease', {
  ...d,
  attributes,
  open: async () => ({ result, private: '1' }),
  // @ts-expect-error: another form than that which open keeps
  renew: async () => ({ private: 2 }),
});
// @ts-expect-error: a key is missing
factory.ephemeralResource('lease', { ...d, attributes, open: async () => ({ result: { name: 'a' } }) });
const unsettled = async () => ({ result: { ...result, token: unknown } });
// @ts-expect-error: nothing is unknown once it is open
factory.ephemeralResource('lease', { ...d, attributes, open: unsettled });
// @ts-expect-error: a time, not a duration
factory.ephemeralResource('lease', { ...d, attributes, open: async () => ({ result, renewAt: 60 }) });
// @ts-expect-error: JSON has no functions
factory.ephemeralResource('lease', { ...d, attributes, open: async () => ({ result, private: () => 1 }) });
// @ts-expect-error: it has to be opened
factory.ephemeralResource('lease', { ...d, attributes });
// @ts-expect-error: no description
factory.ephemeralResource('lease', { attributes, open });

const parameters = { ...attributes, code: writeOnly(t.string, d) };

factory.action('notify', {
  ...d,
  attributes: parameters,
  async plan(context, { name, code }) {
    exactly<typeof name, string | Unknown>(true);
    exactly<typeof code, string | Unknown | null>(true);
    // @ts-expect-error: nothing is in progress
    context.progress('Planning ...');
  },
  async invoke({ client, progress }, { name, code }) {
    exactly<typeof name, string>(true);
    exactly<typeof code, string | null>(true);
    progress(client.find(name));
    // @ts-expect-error: it can be null, whatever is configured
    code.toUpperCase();
  },
});
// @ts-expect-error: an action returns nothing
factory.action('notify', { ...d, attributes: parameters, invoke: async () => 'done' });
// @ts-expect-error: it has to do something
factory.action('notify', { ...d, attributes: parameters });

const common = { name: 'p', source: 'p/p', version: '1.0.0', description: 'P.', attributes: {} };
const offers = { resources: [], dataSources: [], configure: () => client };
const lease = factory.ephemeralResource('lease', { ...d, attributes, open });
const stranger = createFactory<{ other(): void }>().action('notify', {
  ...d,
  attributes,
  invoke: async () => {},
});
factory.provider({ ...common, ...offers, ephemeralResources: [lease] });
// @ts-expect-error: an action of another provider, with another client
factory.provider({ ...common, ...offers, actions: [stranger] });
