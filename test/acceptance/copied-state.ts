import { age, reports } from './faults-support';
import { type Setup, type SetupOptions, setUp } from './setup';

/** A setup that begins with the state of another one, and with a fake Domo of its own that has the same clients. */
export async function copyOf(made: Setup, configuration: string, options: SetupOptions = {}): Promise<Setup> {
  const copy = await setUp(configuration, options);
  for (const client of made.domo.clients.values()) copy.domo.add(client);
  const [from, to] = [made.domo, copy.domo].map(({ url }) => new URL(url).host) as [string, string];
  copy.work.write('terraform.tfstate', movedState(made.work.read('terraform.tfstate'), { from, to }));
  return copy;
}

/** Setups in which the client of {@link reports} was created long ago. One apply has made it for all of them. */
export function created(options: SetupOptions = {}): () => Promise<Setup> {
  let original: Promise<Setup> | undefined;
  return async () => {
    original ??= applied(options);
    const made = await copyOf(await original, reports(), options);
    age(made.work);
    return made;
  };
}

async function applied(options: SetupOptions): Promise<Setup> {
  const made = await setUp(reports(), options);
  await made.work.apply();
  return made;
}

type StateFile = { resources: { instances: { private?: string }[] }[] };

/**
 * A state file as it would be if the Domo that it is about had another host. The provider keeps the address beside the
 * attributes as well, where Terraform stores bytes.
 */
export function movedState(file: string, { from, to }: { from: string; to: string }): string {
  let found = false;
  const move = (text: string) => {
    found ||= text.includes(from);
    return text.replaceAll(from, to);
  };
  const state = JSON.parse(move(file)) as StateFile;
  for (const instance of state.resources.flatMap(({ instances }) => instances)) {
    if (!instance.private) continue;
    const kept = move(Buffer.from(instance.private, 'base64').toString());
    instance.private = Buffer.from(kept).toString('base64');
  }
  if (!found) throw new Error(`The state has nothing of ${from}.`);
  return JSON.stringify(state);
}
