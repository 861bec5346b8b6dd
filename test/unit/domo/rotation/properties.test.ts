import fc from 'fast-check';
import { day } from '../../../../provider/domo/duration';
import { decide, type Schedule } from '../../../../provider/domo/rotation/decide';
import { rfc3339, type Time } from '../../../../provider/domo/time';
import { isThorough } from '../../../support/thorough';
import { disturbed, generations, leaks, lengths, moment, schedules, situations, time } from './schedules';

// A seed from the clock finds more in the long run; a failure prints it, and SEED repeats it.
const seed = Number(process.env.SEED) || Date.now();
fc.configureGlobal({ seed, numRuns: isThorough ? 5000 : 300 });

type Situation = { given: Schedule; keys: readonly string[]; now: number };

const decided = ({ given, keys, now }: Situation) => {
  const existing = generations(keys).map(({ text }) => text);
  const rotation = decide(given, generations(keys), now);
  const { live } = rotation;
  const added = live.filter((key) => !existing.includes(key));
  const revoked = existing.filter((key) => !live.includes(key));
  return { ...rotation, existing, added, revoked };
};

/** Without those from a clock that is ahead, which time would make usual ones. */
const unhurried = (situation: Situation): Situation => ({
  ...situation,
  keys: situation.keys.filter((key) => time(key).from <= situation.now + day),
});

/** Applies one plan a second, until one changes nothing. */
function settle(situation: Situation): Situation {
  let settled = situation;
  for (let plans = 0; plans < 6; plans++) {
    const { live, added, revoked } = decided(settled);
    if (added.length + revoked.length === 0) return settled;
    settled = { ...settled, keys: live, now: settled.now + 1_000 };
  }
  throw new Error('Every plan changes something.');
}

/** Holds in every situation, also those out of turn. */
const always = (holds: (outcome: ReturnType<typeof decided>, situation: Situation) => void) =>
  fc.assert(
    fc.property(fc.oneof(situations(disturbed), leaks), (situation) => holds(decided(situation), situation)),
  );

it('there is at least one, the current one among them', () => {
  always(({ live, current }) => expect(live).toContain(current));
});

it('nothing is revoked in the plan that creates, which creates one', () => {
  always(({ added, revoked }) => {
    expect(added.length * revoked.length).toBe(0);
    expect(added.length).toBeLessThanOrEqual(1);
  });
});

it('the current one is there already, unless there is none at all', () => {
  always(({ current, existing }) => expect(existing.length === 0 || existing.includes(current)).toBe(true));
});

it('what was revoked has leaked, or is older than the current one and past its overlap', () => {
  always(({ revoked, current, existing }, { given, now }) => {
    const good = existing.filter((key) => !given.leaked.includes(key)).map(time);
    for (const key of revoked.filter((each) => !given.leaked.includes(each))) {
      expect(time(key).from).toBeLessThanOrEqual(time(current).from);
      const ends = good
        .filter(({ text, from }) => text !== key && from >= time(key).from)
        .map(({ until }) => until + given.overlap);
      expect(ends.some((end) => end <= now)).toBe(true);
    }
  });
});

it('one that turns up late ends no overlap early', () => {
  fc.assert(
    fc.property(schedules, moment, lengths, lengths, (given, now, age, lateness) => {
      const used = rfc3339(now - Math.max(age, given.every) - 2 * day).slice(0, 10);
      const made = decided({ given, keys: [used], now });
      fc.pre(made.added.length === 1);
      const late = rfc3339(now - (lateness % given.overlap)).slice(0, 10);
      const keys = [...new Set([used, late, ...made.added])];
      const { until } = time(made.added[0] ?? '');
      const end = until + given.overlap;
      fc.pre(time(late).until + given.overlap > until);
      for (const then of [now + 1_000, now + given.overlap - 1, end - 1]) {
        expect(decided({ given, keys, now: then }).live).toContain(used);
      }
    }),
  );
});

it('removing what was rotated at revokes nothing early', () => {
  fc.assert(
    fc.property(situations(disturbed), (situation) => {
      const without = { ...situation, given: { ...situation.given, rotateAt: [] } };
      const [before, after] = [decided(situation), decided(without)];
      if (before.added.length > 0) return;
      for (const key of before.live) expect(after.live).toContain(key);
    }),
  );
});

it('one from a clock that is ahead is kept, and holds nothing up', () => {
  fc.assert(
    fc.property(situations(schedules), fc.integer({ min: 25, max: 70_000 }), (situation, hours) => {
      const ahead = rfc3339(situation.now + hours * 3_600_000);
      fc.pre(decided(situation).existing.every((key) => time(key).from <= situation.now));
      const [before, after] = [situation.keys, [...situation.keys, ahead]].map((keys) =>
        decided({ ...situation, keys }),
      );
      expect(after).toMatchObject({
        live: [...(before?.live ?? []), ahead],
        current: before?.existing.length === 0 ? ahead : before?.current,
        due: before?.due,
        nextRotation: before?.nextRotation,
        overlapEnds: before?.overlapEnds,
      });
    }),
  );
});

it('the order of names means nothing: the same arguments give the same answer', () => {
  always((outcome, { given, keys, now }) => {
    expect(decide(given, generations([...keys].reverse()), now)).toEqual(
      decide(given, generations(keys), now),
    );
    expect(outcome.live).toEqual(generations(outcome.live).map(({ text }) => text));
  });
});

it('there are more than two only if each was made within the overlap of the last one', () => {
  fc.assert(
    fc.property(situations(schedules), (situation) => {
      const { live, added } = decided(situation);
      const usual = generations(live).filter(({ from }) => from <= situation.now + day);
      if (added.length > 0) return;
      for (const [index, newer] of usual.slice(2).entries()) {
        expect((usual[index + 1] as Time).until + situation.given.overlap).toBeGreaterThan(newer.until);
      }
    }),
  );
});

it('what an unfinished rotation left behind goes one plan after the new one is there', () => {
  fc.assert(
    fc.property(situations(schedules), (situation) => {
      const { live, added } = decided(situation);
      if (added.length === 0) return;
      const next = decided({ ...situation, keys: live, now: situation.now + 1_000 });
      expect(next.added).toEqual([]);
      const isUsual = (key: string) => time(key).from <= situation.now + day;
      expect(next.current).toBe(next.live.filter(isUsual).at(-1));
      expect(next.live.filter(isUsual)).toEqual(live.filter(isUsual).slice(-2));
    }),
  );
});

it('a plan that creates is followed by one that does not, and soon by one that changes nothing', () => {
  always(({ live, added }, { given, now }) => {
    const quiet = { ...given, rotateAt: given.rotateAt.filter(({ from }) => from <= now) };
    const second = decided({ given: quiet, keys: live, now: now + 1_000 });
    expect(added.length * second.added.length).toBe(0);
    const settled = settle({ given: quiet, keys: live, now: now + 1_000 });
    const { current, added: more, revoked } = decided(settled);
    expect([more, revoked]).toEqual([[], []]);
    expect(settled.keys).toContain(current);
  });
});

it('a changed schedule hides no generation: what is there stays or is past its overlap', () => {
  fc.assert(
    fc.property(situations(schedules), schedules, ({ given, keys, now }, other) => {
      const [before, after] = [given, other].map((each) => decided({ given: each, keys, now }));
      if (keys.length === 0) return;
      const usual = generations(keys).filter(({ from }) => from <= now + day);
      const newest = (usual.length > 0 ? usual : generations(keys)).at(-1)?.text;
      expect([before?.current, after?.current]).toEqual([newest, newest]);
    }),
  );
});

it('a new generation is newer than all that can be used, and named for the plan that makes it', () => {
  always(({ added: [key] }, { given, keys, now }) => {
    if (key === undefined) return;
    const usable = ({ text, from }: Time) => !given.leaked.includes(text) && from <= now + day;
    for (const each of generations(keys).filter(usable)) expect(time(key).from).toBeGreaterThan(each.from);
    expect([rfc3339(now), rfc3339(now).slice(0, 10)]).toContain(key);
  });
});

it('the next rotation is in the future, and makes one when it comes', () => {
  fc.assert(
    fc.property(fc.oneof(situations(disturbed), leaks), (situation) => {
      const settled = settle(unhurried(situation));
      const { nextRotation } = decided(settled);
      const then = time(nextRotation).from;
      expect(then).toBeGreaterThan(settled.now);
      expect(decided({ ...settled, now: then - 1 }).added).toEqual([]);
      const { added, revoked, live } = decided({ ...settled, now: then });
      // An overlap that ends just then is completed first.
      if (revoked.length === 0) expect(added).toHaveLength(1);
      else expect(decided({ ...settled, keys: live, now: then + 1_000 }).added).toHaveLength(1);
    }),
  );
});

it('an overlap ends after it has lasted, and only then does a generation go', () => {
  fc.assert(
    fc.property(situations(schedules).map(unhurried), (situation) => {
      const { live, added, overlapEnds } = decided(situation);
      if (added.length > 0 || live.length < 2) return;
      const end = time(overlapEnds ?? '').from;
      const { from } = time(live.at(-1) ?? '');
      expect(end).toBeGreaterThan(situation.now);
      expect(end - from).toBeGreaterThanOrEqual(situation.given.overlap);
      expect(end - from).toBeLessThanOrEqual(situation.given.overlap + day);
      const one = { ...situation, keys: live };
      expect(decided({ ...one, now: end }).live).not.toEqual(live);
    }),
  );
});
