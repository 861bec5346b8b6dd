import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Bundle, cliConfiguration, layOut, takeOut } from '../mirror';

const { APPDATA = '', TF_CLI_CONFIG_FILE } = process.env;
const isWindows = process.platform === 'win32';
const plugins = isWindows ? join(APPDATA, 'terraform.d/plugins') : join(homedir(), '.terraform.d/plugins');
const mirrorAt = (folder: string | undefined) => resolve(folder || plugins);

/** Prints lines. If the reader stops early, as in `make install | head -1`, the work is done all the same. */
function printer(): (line: string) => void {
  process.stdout.on('error', () => {});
  return (line) => void process.stdout.write(`${line}\n`);
}

/**
 * Puts the provider where terraform and tofu look for plugins, and says what it did and what else is needed.
 *
 * @param folder to lay out as a filesystem mirror instead of the user's plugin folder
 * @throws on Windows, which cannot start a script as a plugin; and if a symbolic link is in the way
 */
export function install(bundle: Bundle, folder: string | undefined): void {
  if (isWindows) {
    throw new Error(
      'Windows cannot start this build, which is a Node.js script. Use terraform-provider-domo_*_windows_amd64.zip from a release.',
    );
  }
  const say = printer();
  const mirror = mirrorAt(folder);
  const executables = layOut(mirror, bundle);
  say('The provider is installed as');
  for (const executable of executables) say(`  ${executable}`);
  const file = folder ? 'the CLI configuration' : obstacle();
  if (file) {
    const why = folder
      ? 'To use it, put this into'
      : 'Terraform does not look in the plugin folder because of provider_installation in';
    say(
      `\n${why} ${file}${folder ? ' (~/.terraformrc, or what TF_CLI_CONFIG_FILE names)' : '; put this there'}:\n`,
    );
    say(cliConfiguration(mirror, true));
  }
  say(
    'In folders that already use it, delete its block from .terraform.lock.hcl, then run "terraform init".',
  );
}

/** Removes what {@link install} has put there. */
export function uninstall(version: string, folder: string | undefined): void {
  const say = printer();
  const mirror = mirrorAt(folder);
  const files = takeOut(mirror, version);
  say(files.length === 0 ? `Nothing to remove in ${mirror}.` : 'Removed:');
  for (const file of files) say(`  ${file}`);
}

/** The CLI configuration that makes terraform or tofu ignore the plugin folder, if there is one. */
function obstacle(): string | undefined {
  const names = isWindows ? ['terraform.rc', 'tofu.rc'] : ['.terraformrc', '.tofurc'];
  const usual = names.map((name) => join(isWindows ? APPDATA : homedir(), name));
  const files = TF_CLI_CONFIG_FILE ? [TF_CLI_CONFIG_FILE] : usual;
  return files.find(
    (file) => existsSync(file) && /^\s*provider_installation\b/m.test(readFileSync(file, 'utf8')),
  );
}
