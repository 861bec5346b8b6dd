import {
  computed,
  optional,
  required,
  type State,
  t,
  useStateForUnknown,
  writeOnly,
} from '../../../provider/framework';
import { define } from './define';

const type = 'vault_secret';

const attributes = {
  id: computed(t.string, { description: 'The id.', plan: [useStateForUnknown] }),
  name: required(t.string, { description: 'Its name.' }),
  data_wo: writeOnly(t.string, { description: 'What it holds.', sensitive: true }),
  data_wo_version: optional(t.string, { description: 'Another version writes it again.' }),
};

/** A secret store as many providers have it: the value is write-only, and written when its version changes. */
export const vaultSecret = define.resource(type, {
  description: 'A secret in a store.',
  attributes,
  async create({ client }, plan, { data_wo }) {
    const state = { ...plan, id: client.store().nextId(), data_wo: null };
    client.store().put(state.id, { type, state, hidden: data_wo });
    return state;
  },
  async read({ client }, { id }) {
    return (client.store().get(id)?.state as State<typeof attributes> | undefined) ?? null;
  },
  async update({ client }, plan, { id, data_wo_version }, { data_wo }) {
    const state = { ...plan, id, data_wo: null };
    const hidden = plan.data_wo_version === data_wo_version ? client.store().get(id)?.hidden : data_wo;
    client.store().put(id, { type, state, hidden });
    return state;
  },
  async delete({ client }, { id }) {
    client.store().remove(id);
  },
});
