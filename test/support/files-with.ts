import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** Every file below these folders that has the text in it: as it is, in Base64, or within a zip, such as a saved plan. */
export function filesWith(text: string, ...folders: string[]): string[] {
  const inBase64 = Buffer.from(text)
    .toString('base64')
    .replace(/..?=*$/, '');
  const has = (bytes: Buffer): boolean =>
    bytes.includes(text) ||
    bytes.includes(inBase64) ||
    (bytes.subarray(0, 2).toString() === 'PK' &&
      Object.values(unzipSync(bytes)).some((entry) => has(Buffer.from(entry))));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => has(readFileSync(path))),
  );
}
