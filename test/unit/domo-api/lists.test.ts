import { type LoadedList, lists } from '../../../provider/domo/api/lists';
import type { ListedClient } from '../../../provider/domo/api/records';
import { failureOf } from '../../support/failure';
import { type FakeDomo, fakeDomo, paths } from '../../support/fake-domo';
import { until } from '../../support/until';
import { calls, clientsOf, counts, never } from './support';

const client = (id: string, name = `client ${id}`): ListedClient => ({
  id,
  name,
  description: '',
  scopes: ['data'],
  clientId: null,
  ownerId: null,
  created: null,
});

/** Lists whose answers the test gives. */
function held() {
  const answers: ((clients: ListedClient[], said?: Partial<LoadedList>) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const made = lists(
    () =>
      new Promise((resolve, reject) => {
        answers.push((clients, said) => resolve({ clients, part: undefined, date: undefined, ...said }));
        failures.push(reject);
      }),
  );
  return { ...made, answers, failures };
}

describe('the list that all share', () => {
  let domo: FakeDomo;
  beforeEach(async () => {
    domo = await fakeDomo();
  });
  afterEach(() => domo.close());

  it('is asked for once, by however many, and only when somebody asks', async () => {
    const api = clientsOf(domo);
    expect(domo.requests).toHaveLength(0);
    domo.add({ name: 'reports' });
    await Promise.all(Array.from({ length: 100 }, () => api.list(never)));
    expect((await api.list(never)).byName('reports')[0]?.description).toBe('');
    expect(counts(domo)).toMatchObject({ list: 1, me: 0 });
  });

  it('fails once for all, also for those who ask a moment later', async () => {
    const api = clientsOf(domo, { maxRetries: 2 });
    domo.fail({ method: 'GET', path: paths.clients, status: 503, times: 99 });
    for (let round = 0; round < 5; round++) {
      expect(await failureOf(api.list(never))).toMatchObject({ kind: 'refused', status: 503 });
    }
    expect(counts(domo).list).toBe(3);
  });

  it('is ended when nobody waits for it any more, and asked for again by the next', async () => {
    const api = clientsOf(domo);
    domo.fail({ method: 'GET', path: paths.clients, hang: true });
    const impatient = new AbortController();
    const left = failureOf(api.list(impatient.signal));
    await until('the list', () => domo.count(calls.list) === 1);
    impatient.abort(new Error('no time'));
    expect((await left).message).toContain('no time');
    expect([...(await api.list(never)).all()]).toEqual([]);
    expect(counts(domo).list).toBe(2);
  });

  it('stays on its way for those who still wait', async () => {
    const api = clientsOf(domo);
    domo.fail({ method: 'GET', path: paths.clients, delay: 200 });
    const impatient = new AbortController();
    const left = failureOf(api.list(impatient.signal));
    const waits = api.list(never);
    await until('the list', () => domo.count(calls.list) === 1);
    impatient.abort(new Error('no time'));
    await left;
    await waits;
    expect(counts(domo).list).toBe(1);
  });
});

describe('a fresh list', () => {
  it('is never one that was asked for before', async () => {
    const { current, fresh, answers } = held();
    const first = current(never);
    const second = fresh(never);
    answers[0]?.([client('1')]);
    expect((await first).byId('1')).toBeDefined();
    await until('the second list', () => answers.length === 2);
    answers[1]?.([client('2')]);
    expect((await second).byId('1')).toBeUndefined();
    expect((await second).byId('2')).toBeDefined();
    expect((await current(never)).byId('2')).toBeDefined();
  });

  it('is shared by all who ask for one while another is on its way', async () => {
    const { current, fresh, answers } = held();
    const first = current(never);
    const others = Array.from({ length: 50 }, () => fresh(never));
    answers[0]?.([]);
    await first;
    await until('the second list', () => answers.length === 2);
    answers[1]?.([client('2')]);
    for (const listing of await Promise.all(others)) expect(listing.byId('2')).toBeDefined();
    expect(answers).toHaveLength(2);
  });

  it('is asked for also if the one before fails, and heals the shared one', async () => {
    const { current, fresh, answers, failures } = held();
    const first = failureOf(current(never));
    const second = fresh(never);
    failures[0]?.(new Error('broken'));
    expect((await first).message).toBe('broken');
    await until('the second list', () => answers.length === 2);
    answers[1]?.([client('2')]);
    await second;
    expect((await current(never)).byId('2')).toBeDefined();
  });
});

describe('what we have done ourselves', () => {
  it('is entered into the list that is there', async () => {
    const { current, add, remove, answers } = held();
    const first = current(never);
    answers[0]?.([client('1'), client('2')]);
    await first;
    add(client('3', 'reports'));
    remove(client('1'));
    const listing = await current(never);
    expect([...listing.all()].map(({ id }) => id)).toEqual(['2', '3']);
    expect(listing.byName('reports')[0]?.id).toBe('3');
    expect(listing.byName('client 1')).toEqual([]);
  });

  it('is entered into a list that was on its way meanwhile', async () => {
    const { current, add, remove, answers } = held();
    const first = current(never);
    add(client('3'));
    remove(client('1'));
    answers[0]?.([client('1'), client('2')]);
    expect([...(await first).all()].map(({ id }) => id)).toEqual(['2', '3']);
  });

  it('leaves the name to its next holder', async () => {
    const { current, add, remove, answers } = held();
    const first = current(never);
    answers[0]?.([client('1', 'reports')]);
    const listing = await first;
    add(client('2', 'reports'));
    remove(client('1'));
    expect(listing.byName('reports')[0]?.id).toBe('2');
  });

  it('does not change how it was before', async () => {
    const { current, first, add, remove, answers } = held();
    expect(first()).toBeUndefined();
    const asked = current(never);
    answers[0]?.([client('1')]);
    await asked;
    add(client('2'));
    remove(client('1'));
    expect(first()?.byId('1')).toBeDefined();
    expect(first()?.byId('2')).toBeUndefined();
  });
});

describe('sawBefore', () => {
  it('knows what a list showed, and what we made, before a moment', async () => {
    const { current, add, sawBefore, answers } = held();
    const asked = current(never);
    answers[0]?.([client('1')]);
    await asked;
    add(client('2'));
    const now = performance.now() + 1;
    expect(['1', '2', '3'].map((id) => sawBefore(id, now))).toEqual([true, true, false]);
    expect(['1', '2'].map((id) => sawBefore(id, 0))).toEqual([false, false]);
  });

  it('counts from the answer: what a slow list shows may have been made while it was on its way', async () => {
    const { current, sawBefore, answers } = held();
    const asked = current(never);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const whileOnItsWay = performance.now();
    answers[0]?.([client('1')]);
    await asked;
    expect(sawBefore('1', whileOnItsWay)).toBe(false);
  });
});

describe('what this run has revoked', () => {
  it('is struck out of every later list, however long those lag', async () => {
    const { current, fresh, remove, revoked, answers } = held();
    const first = current(never);
    answers[0]?.([client('1', 'R&amp;D'), client('2')]);
    await first;
    remove(client('1', 'R&amp;D'));
    for (const number of [1, 2]) {
      const later = fresh(never);
      await until('a list', () => answers.length === number + 1);
      answers[number]?.([client('1', 'R&amp;D'), client('2')]);
      expect([...(await later).all()].map(({ id }) => id)).toEqual(['2']);
      expect((await later).bySpelling('R&D')).toEqual([]);
    }
    expect(['R&amp;D', 'R&D', ' R&D ', 'client 2'].map(revoked)).toEqual([true, true, true, false]);
  });

  it('is not in the list from which the run takes how things were, if that comes later', async () => {
    const { current, first, remove, answers } = held();
    remove(client('1'));
    const asked = current(never);
    answers[0]?.([client('1'), client('2')]);
    await asked;
    expect(first()?.byId('1')).toBeUndefined();
  });
});

describe('the highest id', () => {
  it('is of all that any list has shown or the run has made, and never goes down', async () => {
    const { current, fresh, add, remove, highestId, answers } = held();
    expect(highestId()).toBe('0');
    const first = current(never);
    answers[0]?.(['9', '10', '9007199254740993', '9007199254740992'].map((id) => client(id)));
    await first;
    expect(highestId()).toBe('9007199254740993');
    remove(client('9007199254740993'));
    const second = fresh(never);
    await until('the second list', () => answers.length === 2);
    answers[1]?.([]);
    await second;
    expect(highestId()).toBe('9007199254740993');
    add(client('9007199254740994'));
    expect(highestId()).toBe('9007199254740994');
  });
});

describe('the list before the latest', () => {
  it('is the last one that was whole, as it was then', async () => {
    const { current, fresh, previous, answers } = held();
    const said = [{}, { part: 'hasMore is true' }, {}, {}];
    const seen: (string | undefined)[] = [];
    for (const [number, how] of said.entries()) {
      const asked = number === 0 ? current(never) : fresh(never);
      await until('a list', () => answers.length === number + 1);
      answers[number]?.([client(String(number))], how);
      await asked;
      seen.push([...(previous()?.all() ?? [])][0]?.id);
    }
    expect(seen).toEqual([undefined, '0', '0', '2']);
  });
});

describe("Domo's clock", () => {
  async function clockOf(date: string | undefined, took = 0) {
    const { current, answers } = held();
    const asked = current(never);
    if (took > 0) await new Promise((resolve) => setTimeout(resolve, took));
    answers[0]?.([], { date });
    return (await asked).clock;
  }
  const second = () => Math.floor(Date.now() / 1000) * 1000;

  it('is at most a second away from ours if both are right', async () => {
    const before = Date.now();
    const clock = await clockOf(new Date(second()).toUTCString());
    expect(clock?.from).toBeGreaterThan(before - Date.now() - 1_500);
    expect(clock?.from).toBeLessThanOrEqual(0);
    expect(clock?.until).toBeGreaterThanOrEqual(0);
    expect(clock?.until).toBeLessThanOrEqual(1_000 + Date.now() - before);
  });

  it('is known as well as the time that the list took', async () => {
    const before = Date.now();
    const date = new Date(second() + 3_600_000).toUTCString();
    const clock = await clockOf(date, 300);
    const took = Date.now() - before;
    expect((clock?.until ?? 0) - (clock?.from ?? 0)).toBeGreaterThanOrEqual(999 + 295);
    expect(clock?.from).toBeGreaterThan(3_600_000 - 1_500 - took);
    expect(clock?.until).toBeLessThan(3_600_000 + 1_500 + took);
  });

  it.each([undefined, '', 'today'])('is not known from %j', async (date) => {
    expect(await clockOf(date)).toBeUndefined();
  });
});

describe('when interrupted', () => {
  it('no list is begun, whatever moment is asked for', async () => {
    const { fresh, after, answers } = held();
    const reason = new Error('fake interrupt');
    for (const asked of [
      fresh(AbortSignal.abort(reason)),
      after(performance.now() + 60_000, AbortSignal.abort(reason)),
    ]) {
      expect(await failureOf(asked)).toBe(reason);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(answers).toHaveLength(0);
  });
});
