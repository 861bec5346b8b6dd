import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that the fakes of this project make up as a token, password or secret has this form. */
const madeUp = /fake-[a-z]+(?:-[a-z]+)*-[0-9a-f]{16,}/g;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const clientIds = new Set<string>();

/** From now on this client id must not be printed as a whole. */
export function keepClientId(clientId: string): void {
  clientIds.add(clientId.toLowerCase());
}

/** Takes the client ids of a state file into account, and of the copy that an engine leaves beside it. */
export function keepClientIdsOf(folder: string): void {
  const states = existsSync(folder) ? readdirSync(folder).filter((file) => file.includes('.tfstate')) : [];
  for (const state of states) {
    const text = readFileSync(join(folder, state), 'utf8');
    for (const [, clientId] of text.matchAll(/"client_id": ?"([^"]+)"/g))
      if (clientId) keepClientId(clientId);
  }
}

/** Every secret in a text, shortened so that the finding does not tell it: `fake-token-12ab…`. */
export function leaksIn(text: string): string[] {
  const found = [
    ...(text.match(madeUp) ?? []),
    ...(text.match(uuid) ?? []).filter((each) => clientIds.has(each.toLowerCase())),
  ];
  return [...new Set(found)].map((each) => `${each.slice(0, Math.max(12, each.length - 28))}…`);
}
