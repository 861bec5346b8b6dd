import {
  computed,
  failure,
  optional,
  required,
  requiresReplace,
  type State,
  t,
  useStateForUnknown,
  type WireValue,
  writeOnly,
} from '../../../provider/framework';
import { define } from './define';

export const type = 'shelf';
const about = (description: string) => ({ description });
const kept = [useStateForUnknown];

const attributes = {
  id: computed(t.string, { ...about('The id.'), plan: kept }),
  house: computed(t.string, { ...about('Where it stands: only the service knows.'), plan: kept }),
  room: required(t.string, { ...about('The room.'), plan: [requiresReplace] }),
  label: optional(t.string, { ...about('What it says.'), default: '' }),
  height: optional(t.decimal, about('In millimetres; "0" is not measured.')),
  wood: optional(t.string, { ...about('Its wood.'), deprecated: 'It no longer matters.' }),
  key: writeOnly(t.string, { ...about('Opens it.'), sensitive: true }),
  boards: optional(
    t.list(
      t.nested({
        holds: required(t.string, about('What it holds.')),
        paint: optional(t.string, { ...about('Its paint.'), default: 'white' }),
        made: computed(t.string, about('When.')),
      }),
    ),
    about('From below.'),
  ),
};
export type ShelfState = State<typeof attributes>;

/** Everything that is said about a shelf that was a crate of another provider; anything there may be missing. */
interface Crate {
  readonly [name: string]: WireValue;
}

/** A resource that can be listed, is generated with a hook, and takes over the crates of a shop. */
export const shelf = define.resource(type, {
  description: 'A shelf in a house.',
  attributes,
  identity: { house: 'optional', id: 'required' },
  nullAfterMove: ['house'],
  moves: [
    {
      type: 'shop_crate',
      providers: ['Example/Shop', 'registry.example.com/example/market'],
      move(context, { state, version, provider, private: stored }) {
        const { number, room, height = null } = state as Crate;
        if (typeof number !== 'string') throw failure('No number', 'Import the shelf instead.');
        context.warn('Moved', `From ${provider}, version ${version}, with ${stored.length} bytes.`);
        context.private.set('was', 'a crate');
        return {
          ...{ id: number, house: null, room: String(room), label: '', height: height as string | null },
          ...{ wood: null, key: null, boards: null },
        };
      },
    },
  ],
  generate: (client, { height }, { house }) => {
    if (house === 'unknown to the service') client.store();
    return height === '0' ? { height: null } : {};
  },
  async create({ client }, plan) {
    const id = client.store().nextId();
    const boards = plan.boards?.map((board) => ({ ...board, made: 'now' })) ?? null;
    const state = { ...plan, id, house: 'home', boards };
    client.store().put(id, { type, state });
    return state;
  },
  async read({ client }, state) {
    const found = client.store().get(state.id)?.state as ShelfState | undefined;
    if (found && state.house === null && found.room !== state.room)
      throw failure('Another shelf', 'Import it instead.');
    return found ?? null;
  },
  async update({ client }, plan, prior) {
    const boards = plan.boards?.map((board) => ({ ...board, made: 'now' })) ?? null;
    const state = { ...plan, id: prior.id, house: prior.house, boards };
    client.store().put(prior.id, { type, state });
    return state;
  },
  async delete({ client }, { id }) {
    client.store().remove(id);
  },
  async import({ client }, target) {
    const id = 'id' in target ? target.id : target.identity.id;
    const found = client.store().get(id ?? '')?.state as ShelfState | undefined;
    if (!found) throw failure('No such shelf', 'Look into the file.');
    return found;
  },
});
