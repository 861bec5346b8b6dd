/** Orders what Domo lists by the value of its ids. Not as BigInt: an id can have a million digits. */
export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  const [a, b] = [one, other].map(({ id }) => id.replace(/^0+/, '')) as [string, string];
  return a.length - b.length || (a < b ? -1 : 1);
}
