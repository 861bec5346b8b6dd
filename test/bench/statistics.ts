/** The middle value; of an even number of them the mean of the middle two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** How a quantity grows between two sizes: 1 is in proportion, 2 is with the square. */
export function exponent(
  [smaller, before]: readonly [size: number, value: number],
  [larger, after]: readonly [size: number, value: number],
): number {
  return Math.log(after / before) / Math.log(larger / smaller);
}
