import { day } from '../../../../provider/domo/duration';
import { seededNumbers } from '../../../support/random';
import { isThorough } from '../../../support/thorough';
import { ms, schedule } from './schedules';
import { type Apply, type Creation, type Run, simulate } from './simulated-pipeline';

const hour = day / 24;
const begin = ms('2026-01-01');
const twoYears = 730;
// A seed from the clock finds more in the long run; SEED repeats it.
const seed = Number(process.env.SEED) || Date.now();

/** Two years each. */
const many = isThorough ? 20 : 2;

/** How a pipeline runs: at which hours, how often it is missed, and what Domo does. */
type Pipeline = {
  hours: 'fixed' | 'any';
  /** The share of the days on which creations fail, and of those, the share of lost answers. */
  failing: number;
  lost: number;
  /** The most days that are missed in a row, and the share of the days on which that begins. */
  missed: number;
  outages: number;
};

const calm: Pipeline = { hours: 'fixed', failing: 0, lost: 0, missed: 0, outages: 0 };
const pipelines: Record<string, Pipeline> = {
  'every night': calm,
  'every day at any hour': { ...calm, hours: 'any' },
  'a third of the creations fail': { ...calm, hours: 'any', failing: 1 / 3 },
  'applies are missed for weeks': { ...calm, hours: 'any', missed: 24, outages: 0.03 },
  'everything at once': { hours: 'any', failing: 1 / 3, lost: 0, missed: 24, outages: 0.03 },
  'everything at once, and answers are lost': {
    hours: 'any',
    failing: 1 / 3,
    lost: 0.5,
    missed: 24,
    outages: 0.03,
  },
};

function runsOf(
  { hours, failing, lost, missed, outages }: Pipeline,
  given: Run['schedule'],
  seed: number,
): Run[] {
  const random = seededNumbers(seed);
  const runs: Run[] = [];
  for (let at = 0; at < twoYears; at++) {
    if (at > 0 && random() < outages) at += Math.ceil(random() * missed);
    const planned = begin + at * day + (hours === 'any' ? Math.floor(random() * 22 * 60) * 60_000 : 2 * hour);
    const creation: Creation = random() >= failing ? 'made' : random() < lost ? 'lost' : 'failed';
    const ended = planned + Math.floor(random() * 90) * 60_000;
    runs.push({ planned, ended, creation, revokesFirst: random() < 0.5, schedule: given });
  }
  return runs;
}

/** From the plan of an apply that succeeded to the end of the next one. */
function longestGap(applies: readonly Apply[]): number {
  const good = applies.filter(({ succeeded }) => succeeded);
  const gaps = good.slice(1).map(({ ended }, index) => ended - (good[index] as Apply).planned);
  return Math.max(...gaps);
}

const cases = Object.entries(pipelines).flatMap(([name, pipeline]) =>
  [
    [90, 14],
    [90, 45],
    [30, 29],
    [15, 14],
    [7, 3],
    [2, 1],
  ].map(([every = 0, overlap = 0]) => [name, every, overlap, pipeline] as const),
);

describe.each(cases)('two years in which %s (every %dd, overlap %dd)', (_, every, overlap, pipeline) => {
  const given = schedule('2026-01-01', every, overlap);
  const rounds = Array.from({ length: many }, (_, round) => simulate(runsOf(pipeline, given, seed + round)));

  it('whoever follows the credentials in time has some that work', () => {
    let watched = 0;
    // Thousands of calls of `expect` would take most of the time.
    const tooShort: object[] = [];
    for (const { published, applies } of rounds) {
      const within = given.overlap - longestGap(applies);
      if (within <= 0) continue;
      published.forEach(({ from, client }, index) => {
        const until = (published[index + 1]?.from ?? from) + within;
        if (client.made > from || client.revoked < until) tooShort.push({ client, from, until });
        watched++;
      });
    }
    expect(tooShort).toEqual([]);
    // One plan a day lets go and the next one adds, if an overlap leaves no day between.
    const pace = Math.max(every, overlap + 2);
    if (pipeline === calm && overlap > 1)
      expect(watched).toBeGreaterThanOrEqual(many * (Math.floor(twoYears / pace) - 1));
  });

  it('there is a client at every moment from the first on', () => {
    for (const { clients, applies } of rounds) {
      // One whose secret is lost looks like any other: it has to be made again before the overlap is over.
      if (pipeline.lost > 0 && longestGap(applies) >= given.overlap) continue;
      const ends = clients.filter(({ isLost }) => !isLost).sort((a, b) => a.made - b.made);
      let until = ends[0]?.revoked ?? 0;
      for (const { made, revoked } of ends.slice(1)) {
        expect(made).toBeLessThanOrEqual(until);
        until = Math.max(until, revoked);
      }
      expect(until).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('nothing is revoked in the plan that creates, and most plans are empty', () => {
    for (const { applies } of rounds) {
      expect(applies.filter(({ added, revoked }) => added.length > 0 && revoked.length > 0)).toEqual([]);
      const rotations = twoYears / every;
      const busy = applies.filter(({ added, revoked }) => added.length + revoked.length > 0);
      // A failed creation is tried again, two days in three.
      expect(busy.length).toBeLessThanOrEqual(rotations * (pipeline.failing > 0 ? 6 : 2) + 2);
    }
  });

  it('there are at most two, unless a rotation was not completed in time', () => {
    for (const { applies } of rounds) {
      const isOnTime = pipeline.missed === 0 && pipeline.failing === 0;
      const most = Math.max(...applies.map(({ live }) => live));
      expect(most).toBeLessThanOrEqual(isOnTime ? 2 : 3);
    }
  });

  it('each generation is as old as the schedule says, and the lateness of applies', () => {
    for (const { applies, published } of rounds) {
      const late = longestGap(applies);
      published.slice(1).forEach(({ from }, index) => {
        const age = from - (published[index]?.from ?? 0);
        expect(age).toBeLessThanOrEqual(given.every + 2 * late + given.overlap);
      });
    }
  });
});
