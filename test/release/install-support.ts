import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { startProcess } from '../support/running';
import { tempFolder } from '../support/temp';
import type { Engine } from '../support/terraform';

/** Where an engine takes the provider from. */
export interface Origin {
  /** The provider's address. */
  readonly source: string;
  /** A folder with zips for that address; absent if its registry is asked. */
  readonly mirror?: string;
  /** A PEM file with the certificates that the engine trusts. */
  readonly certificate?: string;
}

/**
 * Installs the provider and plans a data source that needs no server.
 *
 * @returns what the plan says, and the provider's hashes in the lock file
 * @throws what init says if it fails
 */
export async function planWith(engine: Engine, { source, mirror, certificate }: Origin) {
  const cwd = tempFolder('config');
  const place = mirror ? `filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }` : 'direct {}';
  writeFileSync(join(cwd, 'cli.tfrc'), `provider_installation {\n  ${place}\n}\n`);
  writeFileSync(
    join(cwd, 'main.tf'),
    `terraform {
  required_providers {
    domo = {
      source = "${source}"
    }
  }
}

data "domo_api_client_scopes" "known" {}
`,
  );
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    TF_CLI_CONFIG_FILE: join(cwd, 'cli.tfrc'),
    CHECKPOINT_DISABLE: '1',
    DOMO_INSTANCE: 'acme',
    DOMO_ACCESS_TOKEN: 'fake-token',
    ...(certificate && { SSL_CERT_FILE: certificate }),
  };
  const run = (...args: string[]) => startProcess(engine.path, args, { cwd, env }).done;
  const init = await run('init', '-no-color', '-input=false');
  if (init.code !== 0) throw new Error(init.text);
  const { text } = await run('plan', '-no-color', '-input=false');
  const lock = readFileSync(join(cwd, '.terraform.lock.hcl'), 'utf8');
  return { text, hashes: [...lock.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash]) => hash) };
}

/** The names in a zip, without unpacking it: an executable has a hundred megabytes. */
export function namesIn(zip: Buffer): string[] {
  const names: string[] = [];
  const filter = ({ name }: { name: string }) => {
    names.push(name);
    return false;
  };
  unzipSync(zip, { filter });
  return names;
}

/** Go's hash of a folder ("h1") for the content of a zip: of lines like those of sha256sum, sorted by name. */
export function h1(zip: Buffer): string {
  const files = Object.entries(unzipSync(zip)).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = files.map(
    ([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`,
  );
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}
