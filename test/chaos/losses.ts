import type { Result } from '../support/terraform';
import type { Environment, Kept, Live } from './environment';
import { saidBy } from './said';

/** What must never happen, and how often it did. Each entry names the clients. */
export interface Losses {
  /** On the server, and neither its id nor (if the state knows no id yet) its name is in the state. */
  readonly orphans: string[];
  /** As above, after the provider was killed: nobody could tell Terraform of them. */
  readonly orphansOfKills: string[];
  /** In the state before and on the server after, but not in the state any more. */
  readonly wrongRemovals: string[];
  /** In the healed state without a secret that works. */
  readonly lostSecrets: string[];
  /** What Terraform said of those clients, and of whatever could not be healed. Empty if nothing was lost. */
  readonly said: string[];
}

export const noLosses = (): Losses => ({
  orphans: [],
  orphansOfKills: [],
  wrongRemovals: [],
  lostSecrets: [],
  said: [],
});

/** Runs a command, and enters what it has done to the clients. */
export async function observe(
  environment: Environment,
  losses: Losses,
  { operation, killed = false }: { readonly operation: string; readonly killed?: boolean },
  command: () => Promise<Result>,
): Promise<void> {
  const before = await environment.kept();
  const known = unknownTo(before, await environment.live());
  const result = await command();
  const [live, after] = [await environment.live(), await environment.kept()];
  const orphans = unknownTo(after, live).filter(({ id }) => !known.some((each) => each.id === id));
  (killed ? losses.orphansOfKills : losses.orphans).push(...orphans.map(({ name }) => name));
  const dropped = live.filter(({ id }) => has(before, id) && !has(after, id));
  losses.wrongRemovals.push(...dropped.map(({ name }) => name));
  for (const { name, id } of [...(killed ? [] : orphans), ...dropped])
    losses.said.push(`${operation}, of ${name} (id ${id}): ${saidBy(result, name)}`);
}

/** The clients on the server that the state does not account for. */
export function unknownTo(kept: readonly Kept[], live: readonly Live[]): Live[] {
  return live.filter(
    ({ id, name }) => !has(kept, id) && !kept.some((each) => each.id === null && each.name === name),
  );
}

const has = (kept: readonly Kept[], wanted: string) => kept.some(({ id }) => id === wanted);
