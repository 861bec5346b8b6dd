import type { Sandbox } from './sandbox';

/** Clients for a person to look at, by the name of their owner. */
const furniture = [
  {
    owner: 'creator',
    name: 'nightly-export',
    description: 'Reads the sales datasets into the warehouse. Owner: data platform team.',
    scopes: ['data'],
  },
  {
    owner: 'manager',
    name: 'directory-sync',
    description: 'Keeps users and groups in step with the directory.',
    scopes: ['user'],
  },
  { owner: 'admin', name: 'test 2', description: '', scopes: ['account', 'audit', 'data', 'user'] },
];

/** Puts some clients in, since the walk leaves none; returns how many. */
export async function furnish({ url, user }: Sandbox, signal: AbortSignal): Promise<number> {
  for (const { owner, ...client } of furniture) {
    const response = await fetch(`${url}/_sandbox/clients`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...client, userId: user(owner).id }),
      signal,
    });
    if (response.status !== 201)
      throw new Error(`the client ${client.name} was answered ${response.status}.`);
  }
  return furniture.length;
}
