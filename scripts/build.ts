/** Checks the provider's definition, and bundles it into one executable file that needs nothing but Node, and the sandbox beside it. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { domoProvider } from '../provider/domo/provider';
import { checkProvider } from '../provider/framework/operations/check';
import type { Provider } from '../provider/framework/provider';
import { bundlePlugin, bundleSandbox } from './build/bundle';
import { besideBundle } from './mirror';
import { runScript } from './run-script';
import { starterFiles } from './starter/parts';

const provider = 'dist/terraform-provider-domo';

async function main(): Promise<void> {
  checkProvider(domoProvider as unknown as Provider<unknown>);
  mkdirSync('dist', { recursive: true });
  rmSync('dist/assets', { recursive: true, force: true });
  writeFileSync(join('dist', besideBundle.name), besideBundle.text);
  for (const name of starterFiles) copyFileSync(join('scripts/starter', name), join('dist', name));
  await bundlePlugin('provider/main.ts', provider);
  chmodSync(provider, 0o755);
  await bundleSandbox('dist/sandbox.js');
  cpSync('examples/sandbox/page/assets', 'dist/assets', { recursive: true });
}

void runScript(main);
