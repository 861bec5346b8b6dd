import { rotate, schedule, time } from './schedules';

const quarterly = schedule('2026-01-01', 90, 14);
const out = (more: Parameters<typeof schedule>[3]) => schedule('2026-01-01', 90, 14, more);

type Expected = Partial<ReturnType<typeof rotate>>;

it.each<[name: string, given: typeof quarterly, now: string, keys: string[], expected: Expected]>([
  [
    'makes the first generation on its day',
    quarterly,
    '2026-01-01T05:00:00Z',
    [],
    {
      live: ['2026-01-01'],
      current: '2026-01-01',
      due: '2026-01-01',
      nextRotation: '2026-04-01T00:00:00Z',
      overlapEnds: null,
    },
  ],
  [
    'makes one before the first day as well, since there must be one',
    quarterly,
    '2025-12-10T05:00:00Z',
    [],
    { live: ['2025-12-10'], due: '2026-01-01', nextRotation: '2026-01-01T00:00:00Z' },
  ],
  [
    'changes nothing between two rotations',
    quarterly,
    '2026-03-31T23:59:59Z',
    ['2026-01-01'],
    { live: ['2026-01-01'], current: '2026-01-01', nextRotation: '2026-04-01T00:00:00Z', overlapEnds: null },
  ],
  [
    'adds the next one, and goes on using the one that is there',
    quarterly,
    '2026-04-01T05:00:00Z',
    ['2026-01-01'],
    {
      live: ['2026-01-01', '2026-04-01'],
      current: '2026-01-01',
      due: '2026-04-01',
      nextRotation: '2026-06-30T00:00:00Z',
      overlapEnds: '2026-04-16T00:00:00Z',
    },
  ],
  [
    'then hands over',
    quarterly,
    '2026-04-02T05:00:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-01-01', '2026-04-01'], current: '2026-04-01', overlapEnds: '2026-04-16T00:00:00Z' },
  ],
  [
    'keeps the old one to the end of its overlap, which the end of the day begins',
    quarterly,
    '2026-04-15T23:59:59Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-01-01', '2026-04-01'] },
  ],
  [
    'and lets it go then',
    quarterly,
    '2026-04-16T00:00:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-04-01'], current: '2026-04-01', overlapEnds: null },
  ],
  [
    'names a late one for the day of the plan',
    quarterly,
    '2026-05-20T05:00:00Z',
    ['2026-01-01'],
    { live: ['2026-01-01', '2026-05-20'], due: '2026-04-01', overlapEnds: '2026-06-04T00:00:00Z' },
  ],
  [
    'completes a rotation before it begins the next, which is then late',
    quarterly,
    '2026-07-03T05:00:00Z',
    ['2026-01-01', '2026-06-25'],
    { live: ['2026-01-01', '2026-06-25'], current: '2026-06-25', nextRotation: '2026-07-10T00:00:00Z' },
  ],
  [
    'only adds, if an older rotation was never completed',
    quarterly,
    '2026-07-20T05:00:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-01-01', '2026-04-01', '2026-07-20'], current: '2026-04-01' },
  ],
  [
    'and lets go what was left behind one plan later',
    quarterly,
    '2026-07-21T05:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-07-20'],
    { live: ['2026-04-01', '2026-07-20'], current: '2026-07-20' },
  ],
  [
    'reads generations of another schedule',
    schedule('2026-02-15', 30, 7),
    '2026-02-10T05:00:00Z',
    ['2025-12-03', '2026-01-09T12:30:00Z'],
    { live: ['2026-01-09T12:30:00Z'], current: '2026-01-09T12:30:00Z', nextRotation: '2026-02-15T00:00:00Z' },
  ],
  [
    'has times where days are too long',
    { ...schedule('2026-01-01', 1, 0.25), every: 36 * 3_600_000 },
    '2026-01-02T12:00:07Z',
    ['2026-01-01T00:00:00Z'],
    {
      live: ['2026-01-01T00:00:00Z', '2026-01-02T12:00:07Z'],
      due: '2026-01-02T12:00:00Z',
      overlapEnds: '2026-01-02T18:00:07Z',
    },
  ],
  [
    'rotates out of turn',
    out({ rotateAt: [time('2026-02-10')] }),
    '2026-02-10T15:00:00Z',
    ['2026-01-01'],
    { live: ['2026-01-01', '2026-02-10'], current: '2026-01-01', nextRotation: '2026-04-01T00:00:00Z' },
  ],
  [
    'rotates out of turn within the day of another generation, and within its overlap',
    out({ rotateAt: [time('2026-04-01T15:00:00Z')] }),
    '2026-04-01T15:10:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-01T15:10:00Z'], current: '2026-04-01' },
  ],
  [
    'and cuts no overlap short by that',
    out({ rotateAt: [time('2026-04-01T15:00:00Z')] }),
    '2026-04-02T05:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-01T15:10:00Z'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-01T15:10:00Z'], current: '2026-04-01T15:10:00Z' },
  ],
  [
    'keeps the one before as well, until the overlap of the newest is over',
    quarterly,
    '2026-04-08T05:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-05'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-05'], overlapEnds: '2026-04-20T00:00:00Z' },
  ],
  [
    'then lets go all that are older',
    quarterly,
    '2026-04-20T00:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-05'],
    { live: ['2026-04-05'], overlapEnds: null },
  ],
  [
    'revokes nothing on the last day of an overlap, because another one is made on it',
    quarterly,
    '2026-04-15T15:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-15'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-15'], current: '2026-04-15' },
  ],
  [
    'but when that day is over',
    quarterly,
    '2026-04-16T00:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-15'],
    { live: ['2026-04-01', '2026-04-15'], current: '2026-04-15' },
  ],
  [
    'revokes nothing because one has turned up late',
    quarterly,
    '2026-04-03T05:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-02'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-02'], current: '2026-04-02' },
  ],
  [
    'first lets go, if an overlap ends just when the next one is due',
    schedule('2026-01-01', 30, 29),
    '2026-03-02T05:00:00Z',
    ['2026-01-01', '2026-01-31'],
    { live: ['2026-01-31'], current: '2026-01-31', nextRotation: '2026-03-02T05:00:00Z' },
  ],
  [
    'and then adds',
    schedule('2026-01-01', 30, 29),
    '2026-03-02T06:00:00Z',
    ['2026-01-31'],
    { live: ['2026-01-31', '2026-03-02'], current: '2026-01-31' },
  ],
  [
    'goes on, whatever somebody has named for a far day',
    quarterly,
    '2026-04-01T05:00:00Z',
    ['2026-01-01', '9999-12-31'],
    {
      live: ['2026-01-01', '2026-04-01', '9999-12-31'],
      current: '2026-01-01',
      nextRotation: '2026-06-30T00:00:00Z',
      overlapEnds: '2026-04-16T00:00:00Z',
    },
  ],
  [
    'counts one from a clock that was up to a day ahead',
    quarterly,
    '2026-04-01T05:00:00Z',
    ['2026-01-01', '2026-04-02'],
    { live: ['2026-01-01', '2026-04-02'], current: '2026-04-02' },
  ],
  [
    'uses one from a clock that was ahead only until there is another',
    quarterly,
    '2026-04-01T05:00:00Z',
    ['2027-01-01'],
    { live: ['2026-04-01', '2027-01-01'], current: '2027-01-01', overlapEnds: null },
  ],
  [
    'keeps to the schedule afterwards',
    quarterly,
    '2026-04-01T05:00:00Z',
    ['2026-02-10'],
    { live: ['2026-02-10', '2026-04-01'] },
  ],
  [
    'knows of a rotation out of turn in advance',
    out({ rotateAt: [time('2026-02-10')] }),
    '2026-02-09T15:00:00Z',
    ['2026-01-01'],
    { live: ['2026-01-01'], nextRotation: '2026-02-10T00:00:00Z' },
  ],
  [
    'replaces a generation that has leaked',
    out({ leaked: ['2026-01-01'] }),
    '2026-02-10T15:00:00Z',
    ['2026-01-01'],
    { live: ['2026-01-01', '2026-02-10'], current: '2026-01-01', overlapEnds: null },
  ],
  [
    'and lets it go one plan later, without an overlap',
    out({ leaked: ['2026-01-01'] }),
    '2026-02-10T15:05:00Z',
    ['2026-01-01', '2026-02-10'],
    { live: ['2026-02-10'], current: '2026-02-10' },
  ],
  [
    'replaces one that has leaked on its first day, and uses the one before until then',
    out({ leaked: ['2026-04-01'] }),
    '2026-04-01T15:00:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-01-01', '2026-04-01', '2026-04-01T15:00:00Z'], current: '2026-01-01' },
  ],
  [
    'which then has its overlap',
    out({ leaked: ['2026-04-01'] }),
    '2026-04-02T15:00:00Z',
    ['2026-01-01', '2026-04-01', '2026-04-01T15:00:00Z'],
    { live: ['2026-01-01', '2026-04-01T15:00:00Z'], current: '2026-04-01T15:00:00Z' },
  ],
  [
    'lets an old one go at once that has leaked',
    out({ leaked: ['2026-01-01'] }),
    '2026-04-03T15:00:00Z',
    ['2026-01-01', '2026-04-01'],
    { live: ['2026-04-01'], current: '2026-04-01' },
  ],
  [
    'makes one at once if the last one has been revoked by hand',
    quarterly,
    '2026-02-10T15:00:00Z',
    [],
    { live: ['2026-02-10'], current: '2026-02-10' },
  ],
])('a rotation %s', (_, given, now, keys, expected) => {
  expect(rotate(given, keys, now)).toMatchObject(expected);
});

it('a second that has two leaks makes a key of its own', () => {
  const leaked = ['2026-02-10', '2026-02-10T15:00:00Z'];
  expect(rotate(out({ leaked }), leaked, '2026-02-10T15:00:00Z').live).toEqual([
    '2026-02-10',
    '2026-02-10T15:00:00Z',
    '2026-02-10T15:00:01Z',
  ]);
});
