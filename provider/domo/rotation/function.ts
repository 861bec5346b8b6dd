import { each, nonEmpty, optional, parameter, required, t } from '../../framework';
import { define } from '../define';
import { isLongDuration, longMilliseconds } from '../duration';
import { isKey, isTime, type Time, timeOf } from '../time';
import { decide, type Schedule } from './decide';
import { cutName, generationsIn } from './generations';

const schedule = t.nested({
  prefix: required(t.string, {
    description:
      'What the name of every generation begins with, including a blank or hyphen before the date. It makes the clients a set: with another prefix, they are other clients.',
    validate: [nonEmpty],
  }),
  first: required(t.string, {
    description:
      'When the first generation begins: a date, or an RFC 3339 time. Later ones follow in steps of `every`. Before that time there is one generation all the same, which is replaced at `first`.',
    validate: [isTime],
  }),
  every: required(t.string, {
    description: 'The time between two generations, such as `90d`, `12w` or `36h`. A day has 24 hours.',
    validate: [isLongDuration],
  }),
  overlap: required(t.string, {
    description:
      'How long the old generation stays once the new one is there. Shorter than `every`, and longer than the longest time between two applies.',
    validate: [isLongDuration],
  }),
  rotate_at: optional(t.list(t.string), {
    description: 'Further dates or times to rotate at, out of turn. The schedule goes on as before.',
    default: [],
    validate: [each(isTime)],
  }),
  leaked: optional(t.list(t.string), {
    description:
      'Generations that must no longer be used, written as in `live`. Each is removed as soon as a newer one exists, without an overlap; if none exists, this plan adds one.',
    default: [],
    validate: [each(isKey)],
  }),
});

export const rotation = define.function('rotation', {
  summary: 'Which generations of an API client there should be now.',
  description:
    'Rotates an API client on a schedule, without a gap. From the schedule, the names of all clients and the time of the plan, it tells which generations there should be, and which one to use. A plan adds a generation or drops old ones, never both. See the guide "Rotation".',
  parameters: {
    schedule: parameter(schedule, { description: 'The schedule, and the prefix of the names.' }),
    names: parameter(t.list(t.string), {
      description:
        'The names of all API clients, unfiltered: `data.domo_api_clients.all.names`. Names of other clients are ignored.',
    }),
    now: parameter(t.string, {
      description: 'The time of the plan: `plantimestamp()`.',
      validate: [isTime],
    }),
  },
  returns: t.object({
    live: t.list(t.string),
    current: t.string,
    due: t.string,
    next_rotation: t.string,
    overlap_ends: t.string,
  }),
  run({ schedule: given, names, now }, { argumentError }) {
    const planned: Schedule = {
      first: timeOf(given.first) as Time,
      every: longMilliseconds(given.every) as number,
      overlap: longMilliseconds(given.overlap) as number,
      rotateAt: given.rotate_at.map((text) => timeOf(text) as Time),
      leaked: given.leaked,
    };
    if (planned.overlap >= planned.every) {
      throw argumentError(
        'schedule',
        '"overlap" must be shorter than "every": otherwise the old generation never goes',
      );
    }
    const cut = cutName(names, given.prefix);
    if (cut !== undefined) {
      throw argumentError(
        'names',
        `Domo shows the name "${cut}", which may be a generation whose date is cut off, so it cannot be told which generations there are. If it is another client, replace that by one with another name or, before the first generation exists, choose another prefix. If Domo has cut it off, revoke it and choose a shorter prefix`,
      );
    }
    const { nextRotation, overlapEnds, ...decided } = decide(
      planned,
      generationsIn(names, given.prefix),
      (timeOf(now) as Time).from,
    );
    return { ...decided, next_rotation: nextRotation, overlap_ends: overlapEnds };
  },
});
