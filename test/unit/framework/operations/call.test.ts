import { createCall } from '../../../../provider/framework/operations/call';

const { signal } = new AbortController();
const open = (stored: string | Uint8Array = '') => createCall(null, signal, Buffer.from(stored));

describe('private state', () => {
  it('is empty at first, and stores nothing then', () => {
    const { context, stored } = open();
    expect(context.private.get('a')).toBeUndefined();
    expect(stored()).toHaveLength(0);
  });

  it('comes back as it was set, beside what was there', () => {
    const first = open();
    first.context.private.set('made', { by: '1', at: [1, null, true] });
    first.context.private.set('constructor', 'a');
    const second = open(first.stored());
    second.context.private.set('seen', false);
    const third = open(second.stored());
    expect(third.context.private.get('made')).toEqual({ by: '1', at: [1, null, true] });
    expect(third.context.private.get('constructor')).toBe('a');
    expect(third.context.private.get('seen')).toBe(false);
    expect(third.context.private.get('toString')).toBeUndefined();
  });

  it.each(['no JSON', '5', 'null', '"text"', Buffer.from([0xff, 0xfe])])(
    'is empty if something else wrote it: %s',
    (stored) => {
      expect(open(stored).stored()).toHaveLength(0);
    },
  );
});

it('collects warnings and errors in their order', () => {
  const { context, diagnostics } = open();
  context.warn('First', 'one', [{ attribute: 'a' }]);
  context.error('Second', 'two');
  expect(diagnostics).toEqual([
    { severity: 'warning', summary: 'First', detail: 'one', path: [{ attribute: 'a' }] },
    { severity: 'error', summary: 'Second', detail: 'two' },
  ]);
});
