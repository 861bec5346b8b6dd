/**
 * The processor time that each piece of work takes, in ms: the least of several rounds, in which they take turns, so that
 * a busy machine slows all of them. For a test that compares two sizes of one task, since a fixed limit that holds on any
 * machine hides what has become slow.
 */
export function leastCosts(works: readonly (() => unknown)[], rounds = 5): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      least[index] = Math.min(least[index] ?? 0, (user + system) / 1000);
    }
  }
  return least;
}
