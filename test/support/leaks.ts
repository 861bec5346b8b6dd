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

/** Every secret in a text, however it is written, shortened so that the finding does not tell it: `fake-token-12ab…`. */
export function leaksIn(text: string): string[] {
  const found = [text, unescaped(text), unescaped(unescaped(text)), ...unpacked(text)].flatMap((each) => [
    ...(each.match(madeUp) ?? []),
    ...(each.match(uuid) ?? []).filter((id) => clientIds.has(id.toLowerCase())),
  ]);
  return [...new Set(found)].map((each) => `${each.slice(0, Math.max(12, each.length - 28))}…`);
}

/** Without the escapes of JSON, URLs and HTML; what is made up consists of letters, digits and hyphens alone. */
function unescaped(text: string): string {
  return text.replace(
    /\\u([0-9a-f]{4})|%([0-9a-f]{2})|&#x([0-9a-f]+);|&#(\d+);/gi,
    (_, json, url, hex, decimal) => String.fromCharCode(Number(decimal ?? `0x${json ?? url ?? hex}`)),
  );
}

/** How `fake-` looks in Base64 at the three places of a group, and what completes the group before it. */
const inBase64: [group: string, look: RegExp][] = [
  ['', /ZmFrZS[\w+/-]{20,}/g],
  ['AG', /Zha2Ut[\w+/-]{20,}/g],
  ['AAB', /mYWtlL[\w+/-]{20,}/g],
];

/** What is packed as Base64, also after a user's name, or in hex, as Node.js shows bytes. */
function unpacked(text: string): string[] {
  const base64 = inBase64.flatMap(([group, look]) =>
    (text.match(look) ?? []).map((run) => Buffer.from(group + run, 'base64')),
  );
  const hex = (text.match(/66 ?61 ?6b ?65 ?2d(?: ?[0-9a-f]{2})+/gi) ?? []).map((run) =>
    Buffer.from(run.replaceAll(' ', ''), 'hex'),
  );
  return [...base64, ...hex].map((bytes) => bytes.toString('latin1'));
}
