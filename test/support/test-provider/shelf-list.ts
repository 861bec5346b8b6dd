import { failure, nonEmpty, optional, t } from '../../../provider/framework';
import { define } from './define';
import { type ShelfState, shelf, type } from './shelf';

/** Lists the shelves of the file, or as many as are asked for; the file says how far that went. */
export const shelves = define.listResource(shelf, {
  description: 'Finds shelves.',
  attributes: {
    room: optional(t.string, { description: 'Only those in this room.', validate: [nonEmpty] }),
    invented: optional(t.number, { description: 'As many shelves that nobody has.' }),
    fails: optional(t.bool, { description: 'Fails after the last.' }),
  },
  async *list(context, { room, invented, fails }) {
    const store = context.client.store();
    const found = store
      .all()
      .filter((kept) => kept.type === type)
      .map(({ state }) => state as ShelfState);
    const shown = found.filter((each) => room === null || each.room === room);
    if (shown.length > context.limit)
      context.warn('Not all are shown', `${shown.length} shelves match, and limit is ${context.limit}.`);
    let listed = 0;
    try {
      for (const { boards, ...known } of shown) {
        listed += 1;
        yield {
          identity: { house: known.house, id: known.id },
          displayName: `${known.room} (${known.id})`,
          resource: { ...known, boards, house: null },
        };
      }
      for (let n = 0; n < (invented ?? 0); n++) {
        listed += 1;
        yield { identity: { house: null, id: `invented-${n}` }, displayName: 'x'.repeat(10_000) };
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (fails) throw failure('No more', 'The list has failed.');
    } finally {
      store.put('listed', { type: 'listed', state: { listed, interrupted: context.signal.aborted } });
    }
  },
});
