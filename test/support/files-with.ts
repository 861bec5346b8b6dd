import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** Every file below these folders that has the text in it: as it is, in Base64, or within a zip, such as a saved plan. */
export function filesWith(text: string, ...folders: string[]): string[] {
  const looks = [text, ...inBase64(Buffer.from(text))];
  const has = (bytes: Buffer): boolean =>
    looks.some((look) => bytes.includes(look)) ||
    (bytes.subarray(0, 2).toString() === 'PK' &&
      Object.values(unzipSync(bytes)).some((entry) => has(Buffer.from(entry))));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => has(readFileSync(path))),
  );
}

/** What every Base64 has in it that holds these bytes, at the three places that they can have in a group. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]);
    return all.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6));
  });
}
