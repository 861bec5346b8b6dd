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

const type = 'jar';
const description = 'What it says.';

const attributes = {
  id: computed(t.string, { description, plan: [useStateForUnknown] }),
  shelf: required(t.string, { description, plan: [requiresReplace] }),
  label: required(t.string, { description, plan: [requiresReplace] }),
  grams: optional(t.decimal, { description, default: '0' }),
};
type JarState = State<typeof attributes>;

/** Version 0 had shelf and label in one title, and called the weight so. */
const version0 = {
  id: computed(t.string, { description }),
  title: required(t.string, { description }),
  weight: optional(t.decimal, { description }),
};

/** A resource in the second form of its state, with an identity of two parts. */
export const jar = define.resource(type, {
  description: 'A jar on a shelf.',
  attributes,
  version: 1,
  upgrade: {
    0: upgradeFrom(version0, ({ id, title, weight }) => {
      const [shelf, label] = title.split('/');
      if (shelf === undefined || label === undefined) throw failure('No shelf', 'The title has no "/".');
      return { id, shelf, label, grams: weight ?? '0' };
    }),
  },
  identity: { shelf: 'required', label: 'optional' },
  async create({ client }, plan) {
    const state = { ...plan, id: client.store().nextId() };
    client.store().put(state.id, { type, state });
    return state;
  },
  async read({ client }, { id }) {
    return (client.store().get(id)?.state as JarState | undefined) ?? null;
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
    const jars = client
      .store()
      .all()
      .flatMap((kept) => (kept.type === type ? [kept.state as JarState] : []));
    const found = jars.filter((state) =>
      'id' in target
        ? state.id === target.id
        : state.shelf === target.identity.shelf && (target.identity.label ?? state.label) === state.label,
    );
    const [only] = found;
    if (!only || found.length > 1) throw failure('Not one jar', `There are ${found.length} such jars.`);
    return only;
  },
});
