import {
  computed,
  failure,
  optional,
  required,
  requiresReplace,
  type State,
  t,
  upgradeFrom,
  useStateForUnknown,
} from '../../../provider/framework';
import { define } from './define';

const type = 'bucket';
const description = 'What it says.';

const attributes = {
  id: computed(t.string, { description, plan: [useStateForUnknown] }),
  region: required(t.string, { description, plan: [requiresReplace] }),
  name: required(t.string, { description, plan: [requiresReplace] }),
  bytes: optional(t.decimal, { description, default: '0' }),
};
type BucketState = State<typeof attributes>;

/** Version 0 had region and name in one path, and called its bytes size. */
const version0 = {
  id: computed(t.string, { description }),
  path: required(t.string, { description }),
  size: optional(t.decimal, { description }),
};

/** A resource in the second form of its state, with an identity of two parts. */
export const bucket = define.resource(type, {
  description: 'A bucket in a region.',
  attributes,
  version: 1,
  upgrade: {
    0: upgradeFrom(version0, ({ id, path, size }) => {
      const [region, name] = path.split('/');
      if (region === undefined || name === undefined) throw failure('No region', 'The path has no "/".');
      return { id, region, name, bytes: size ?? '0' };
    }),
  },
  identity: { region: 'required', name: 'optional' },
  async create({ client }, plan) {
    const state = { ...plan, id: client.store().nextId() };
    client.store().put(state.id, { type, state });
    return state;
  },
  async read({ client }, { id }) {
    return (client.store().get(id)?.state as BucketState | undefined) ?? null;
  },
  async update({ client }, plan, { id }) {
    const state = { ...plan, id };
    client.store().put(id, { type, state });
    return state;
  },
  async delete({ client }, { id }) {
    client.store().remove(id);
  },
  async import({ client }, target) {
    const buckets = client
      .store()
      .all()
      .flatMap((kept) => (kept.type === type ? [kept.state as BucketState] : []));
    const found = buckets.filter((state) =>
      'id' in target
        ? state.id === target.id
        : state.region === target.identity.region && (target.identity.name ?? state.name) === state.name,
    );
    const [only] = found;
    if (!only || found.length > 1) throw failure('Not one bucket', `There are ${found.length} such buckets.`);
    return only;
  },
});
