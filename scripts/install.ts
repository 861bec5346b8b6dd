/**
 * `install.ts` puts the built provider where terraform and tofu look for plugins; `install.ts uninstall` takes
 * out what it has put there.
 *
 * Environment: `DIR`, a folder to lay out as a filesystem mirror instead of the user's plugin folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { cliConfiguration, layOut, takeOut } from './mirror';

const { DIR, APPDATA = '', TF_CLI_CONFIG_FILE } = process.env;
const isWindows = process.platform === 'win32';
const plugins = isWindows ? join(APPDATA, 'terraform.d/plugins') : join(homedir(), '.terraform.d/plugins');
const mirror = resolve(DIR || plugins);
const say = (line: string) => void process.stdout.write(`${line}\n`);
// Nobody reads on, as with `make install | head -1`: the work is done all the same.
process.stdout.on('error', () => {});

/** The CLI configuration that makes terraform or tofu ignore the plugin folder, if there is one. */
function obstacle(): string | undefined {
  const names = isWindows ? ['terraform.rc', 'tofu.rc'] : ['.terraformrc', '.tofurc'];
  const usual = names.map((name) => join(isWindows ? APPDATA : homedir(), name));
  const files = TF_CLI_CONFIG_FILE ? [TF_CLI_CONFIG_FILE] : usual;
  return files.find(
    (file) => existsSync(file) && /^\s*provider_installation\b/m.test(readFileSync(file, 'utf8')),
  );
}

function install(): void {
  say('The provider is installed as');
  for (const file of layOut(mirror)) say(`  ${file}`);
  const file = DIR ? 'the CLI configuration' : obstacle();
  if (file) {
    const why = DIR
      ? 'To use it, have in'
      : 'The plugin folder is not looked at because of provider_installation in';
    say(`\n${why} ${file}${DIR ? ' (~/.terraformrc, or what TF_CLI_CONFIG_FILE names)' : '; have there'}:\n`);
    say(cliConfiguration(mirror, true));
  }
  say('Where it was used before, "terraform init -upgrade" takes the new build.');
}

function uninstall(): void {
  const files = takeOut(mirror);
  say(files.length === 0 ? `There is nothing of it in ${mirror}.` : 'These files are removed:');
  for (const file of files) say(`  ${file}`);
}

if (process.argv[2] === 'uninstall') uninstall();
else install();
