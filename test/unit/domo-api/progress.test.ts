import { createProgress } from '../../../provider/domo/api/transport/progress';

const lines: object[] = [];
let clock = 0;

beforeEach(() => {
  lines.length = 0;
  clock = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => jest.restoreAllMocks());

const create = () => createProgress((_message, fields) => lines.push(fields));

it('says nothing as long as nothing is refused', () => {
  const progress = create();
  for (clock = 0; clock < 60_000; clock += 100) progress.answered();
  expect(lines).toEqual([]);
});

it('says at the first refusal how long the wait is, and then every ten seconds how far things are', () => {
  const progress = create();
  progress.answered();
  progress.limited(1234.4);
  progress.limited(1000);
  expect(lines).toEqual([{ answered: 1, refused: 1, waitMs: 1234 }]);
  for (clock = 100; clock < 25_000; clock += 100) {
    progress.answered();
    progress.limited(500);
  }
  expect(lines.slice(1)).toEqual([
    { answered: 101, refused: 101 },
    { answered: 201, refused: 201 },
  ]);
});

it('falls silent when no more is refused', () => {
  const progress = create();
  progress.limited(1000);
  progress.limited(1000);
  for (clock = 100; clock < 60_000; clock += 100) progress.answered();
  expect(lines).toEqual([
    { answered: 0, refused: 1, waitMs: 1000 },
    { answered: 100, refused: 2 },
  ]);
});
