import { computed, failure, nonEmpty, optional, required, t } from '../../../provider/framework';
import { define } from './define';

const type = 'lease';

/** An ephemeral resource that keeps account of what happens to it in the store: `open`, its renewals, `closed`. */
export const lease = define.ephemeralResource(type, {
  description: 'A token for a while.',
  attributes: {
    name: required(t.string, { description: 'Whose.', validate: [nonEmpty] }),
    renew_after: optional(t.number, { description: 'Seconds until it has to be renewed.' }),
    wrong: optional(t.string, { description: 'What goes wrong: open, result, renew or close.' }),
    token: computed(t.string, { description: 'The token.', sensitive: true }),
  },
  async open(context, { name, renew_after, wrong }) {
    if (wrong === 'open') throw failure('Not opened', 'It was asked not to be.');
    const store = context.client.store();
    const id = store.nextId();
    const token = `fake-token-${id}`;
    store.put(id, { type, state: { name, renewals: 0, closed: false } });
    if (wrong === 'warn') context.warn('Opened', 'A lease was opened.');
    return {
      result: { name: wrong === 'result' ? `${name}!` : name, renew_after, wrong, token },
      private: { id, seconds: renew_after, wrong },
      ...(renew_after !== null && { renewAt: inSeconds(renew_after) }),
    };
  },
  async renew({ client }, kept) {
    if (kept.wrong === 'renew') throw failure('Not renewed', 'It was asked not to be.');
    const state = client.store().get(kept.id)?.state as { renewals: number };
    client.store().put(kept.id, { type, state: { ...state, renewals: state.renewals + 1 } });
    return { renewAt: inSeconds(kept.seconds ?? 1) };
  },
  async close({ client, signal }, { id, wrong }) {
    if (wrong === 'close') throw failure('Not closed', 'It was asked not to be.');
    const state = client.store().get(id)?.state as object;
    client.store().put(id, { type, state: { ...state, closed: true, interrupted: signal.aborted } });
  },
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
