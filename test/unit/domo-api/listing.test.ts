import fc from 'fast-check';
import { createListing } from '../../../provider/domo/api/listing';
import type { ListedClient } from '../../../provider/domo/api/records';
import { maybeShownAs } from '../../../provider/domo/api/spelling';
import { leastCosts } from '../../support/least-costs';

const client = (id: string, name: string): ListedClient => ({
  id,
  name,
  description: '',
  scopes: [],
  clientId: null,
  ownerId: null,
  created: null,
});
const listing = (...names: string[]) =>
  createListing({
    startedAt: 0,
    answeredAt: 0,
    part: undefined,
    clock: undefined,
    clients: names.map((name, index) => client(String(index), name)),
  });
const names = (clients: readonly ListedClient[]) => clients.map(({ name }) => name);

const long = 'The nightly export of all the sales figures of the year into the warehouse';

describe('clients by name', () => {
  it('are those of exactly the name, of which there can be several', () => {
    const { byName } = listing('reports', 'Reports', 'reports ', 'reports');
    expect(byName('reports').map(({ id }) => id)).toEqual(['0', '3']);
    expect(byName('other')).toEqual([]);
  });

  it('are also those that write the same JSON value or the same characters otherwise', () => {
    const { byName } = listing('{"a": 1, "b": 2}', 'Zu\u0308rich');
    expect(byName('{"b":2,"a":1.0}')).toHaveLength(1);
    expect(byName('Z\u00fcrich')).toHaveLength(1);
  });
});

describe('clients by spelling', () => {
  it.each([
    ['exactly', 'reports', 'reports'],
    ['blanks', '  reports\n', 'reports'],
    ['escapes', 'R&D', 'R&amp;D'],
    ['JSON', '{"a":1}', '{ "a": 1 }'],
    ['marks', 'go \u{1f680} now', 'go ? now'],
    ['a cut', long, long.slice(0, 50)],
    ['a cut with an ellipsis', long, `${long.slice(0, 63)}…`],
    ['marks and a cut', `\u{1f680} ${long}`, `? ${long}`.slice(0, 64)],
  ])('are those that Domo may show so: %s', (_, given, shown) => {
    const listed = listing('other', shown, `${shown} 2`);
    expect(names(listed.bySpelling(given))).toEqual([shown]);
    listed.remove('1');
    expect(listed.bySpelling(given)).toEqual([]);
    listed.add(client('9', shown));
    expect(listed.bySpelling(given).map(({ id }) => id)).toEqual(['9']);
    listed.add(client('9', 'renamed'));
    expect(listed.bySpelling(given)).toEqual([]);
  });

  it('are told with those of exactly the name first, and each once', () => {
    const { bySpelling } = listing('a ?', ' a ?', 'a ?');
    expect(bySpelling('a ?').map(({ id }) => id)).toEqual(['0', '2', '1']);
  });

  it('are the same that a comparison with each would find', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '  ',
      '&',
      '&amp;',
      '?',
      '\u{1f680}',
      'ü',
      '…',
      '\n',
      'sales',
      long,
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
    const cut = fc.tuple(text, fc.constantFrom(32, 50, 63, 64, 255)).map(([whole, at]) => whole.slice(0, at));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, cut), { maxLength: 30 }), text, (shown, given) => {
        const found = names(listing(...shown).bySpelling(given)).sort();
        expect(found).toEqual(shown.filter((name) => maybeShownAs(given, name)).sort());
      }),
      { numRuns: 500 },
    );
  });

  it('are one JSON value with others only up to 4,096 characters', () => {
    const wide = (n: number) => JSON.stringify({ n, list: Array.from({ length: 2_000 }, (_, each) => each) });
    const { byName } = listing(...wide(6), wide(7), '{"a": 1}');
    expect(byName('{ "a": 1 }')).toHaveLength(1);
    expect(byName(wide(7))).toHaveLength(1);
    // It would be one value with the other, but thousands of them would take seconds to read.
    expect(byName(` ${wide(7)}`)).toHaveLength(0);
  });

  it('are found at once among many, whatever their names look like', () => {
    // As long as a column of a database, with one beginning, and with marks: each could be how Domo shows another.
    const works = [200, 20_000].map((length) => {
      const names = Array.from(
        { length },
        (_, n) => `team reports of the region? ${String(n).padStart(4, '0')}`,
      );
      const { bySpelling } = listing(...names);
      bySpelling('first');
      return () => {
        for (let n = 0; n < 200; n++) bySpelling(`team reports of the region! and more ${n}`);
      };
    });
    const [few = 0, many] = leastCosts(works);
    // Looking at each of the names takes a hundred times as long.
    expect(many).toBeLessThan(20 * few);
  });
});
