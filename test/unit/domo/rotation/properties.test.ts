import fc from 'fast-check';
import { day } from '../../../../provider/domo/duration';
import { decide, type Schedule } from '../../../../provider/domo/rotation/decide';
import { rfc3339 } from '../../../../provider/domo/rotation/time';
import { isThorough } from '../../../support/thorough';
import { disturbed, generations, leaks, schedules, situations, time } from './schedules';

// A seed from the clock finds more in the long run; a failure prints it, and SEED repeats it.
const seed = Number(process.env.SEED) || Date.now();
fc.configureGlobal({ seed, numRuns: isThorough ? 5000 : 700 });

type Situation = { given: Schedule; keys: readonly string[]; now: number };

const decided = ({ given, keys, now }: Situation) => {
  const existing = generations(keys).map(({ text }) => text);
  const rotation = decide(given, generations(keys), now);
  const { live } = rotation;
  const added = live.filter((key) => !existing.includes(key));
  const revoked = existing.filter((key) => !live.includes(key));
  return { ...rotation, existing, added, revoked };
};

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

it('what was revoked is older than the current one and past its overlap, or has leaked', () => {
  always(({ revoked, current, existing }, { given, now }) => {
    for (const key of revoked.filter((each) => !given.leaked.includes(each))) {
      expect(time(key).from).toBeLessThanOrEqual(time(current).from);
      // What an unfinished rotation has left behind has another one before the current one.
      const between = existing.filter((each) => each !== key && time(each).from >= time(key).from);
      const isLeftBehind = between.length > 1;
      expect(isLeftBehind || time(current).until + given.overlap <= now).toBe(true);
    }
  });
});

it('the order of names means nothing: the same arguments give the same answer', () => {
  always((outcome, { given, keys, now }) => {
    expect(decide(given, generations([...keys].reverse()), now)).toEqual(
      decide(given, generations(keys), now),
    );
    expect(outcome.live).toEqual(generations(outcome.live).map(({ text }) => text));
  });
});

it('there are at most two, unless one is made while an older rotation is unfinished', () => {
  fc.assert(
    fc.property(situations(schedules), (situation) => {
      const { live, added } = decided(situation);
      if (added.length === 0) expect(live.length).toBeLessThanOrEqual(2);
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
      expect(next.current).toBe(added[0]);
      expect(next.live).toEqual(live.slice(-2));
    }),
  );
});

it('a plan that was applied is followed by one that creates nothing, and soon by one that changes nothing', () => {
  always(({ live }, { given, now }) => {
    const quiet = { ...given, rotateAt: given.rotateAt.filter(({ from }) => from <= now) };
    const second = decided({ given: quiet, keys: live, now: now + 1_000 });
    expect(second.added).toEqual([]);
    expect(decided({ given: quiet, keys: second.live, now: now + 1_000 })).toMatchObject({
      added: [],
      revoked: [],
      current: second.current,
    });
  });
});

it('a changed schedule hides no generation: what is there stays or is past its overlap', () => {
  fc.assert(
    fc.property(situations(schedules), schedules, ({ given, keys, now }, other) => {
      const [before, after] = [given, other].map((each) => decided({ given: each, keys, now }));
      const newest = generations(keys).at(-1)?.text;
      if (newest === undefined) return;
      expect([before?.current, after?.current]).toEqual([newest, newest]);
    }),
  );
});

it('a new generation is newer than all that can be used, and named for the plan that makes it', () => {
  always(({ added: [key] }, { given, keys, now }) => {
    if (key === undefined) return;
    const good = generations(keys).filter(({ text }) => !given.leaked.includes(text));
    for (const each of good) expect(time(key).from).toBeGreaterThan(each.from);
    expect([rfc3339(now), rfc3339(now).slice(0, 10)]).toContain(key);
  });
});

it('the next rotation is in the future, and makes one when it comes', () => {
  fc.assert(
    fc.property(fc.oneof(situations(disturbed), leaks), (situation) => {
      const settled = { ...situation, keys: decided(situation).live, now: situation.now + 1_000 };
      const { nextRotation, live } = decided(settled);
      const then = time(nextRotation).from;
      expect(then).toBeGreaterThan(settled.now);
      expect(decided({ ...settled, keys: live, now: then - 1 }).added).toEqual([]);
      expect(decided({ ...settled, keys: live, now: then }).added).toHaveLength(1);
    }),
  );
});

it('an overlap ends after it has lasted, and only then does a generation go', () => {
  fc.assert(
    fc.property(situations(schedules), (situation) => {
      const { live, added, overlapEnds } = decided(situation);
      if (added.length > 0 || live.length < 2) return;
      const end = time(overlapEnds ?? '').from;
      expect(end).toBeGreaterThan(situation.now);
      expect(end - time(live[1] ?? '').from).toBeGreaterThanOrEqual(situation.given.overlap);
      expect(end - time(live[1] ?? '').from).toBeLessThanOrEqual(situation.given.overlap + day);
      const one = { ...situation, keys: live };
      expect(decided({ ...one, now: end }).live).not.toEqual(live);
    }),
  );
});
