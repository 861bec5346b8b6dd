/**
 * The command of the npm package: it puts the provider beside it where terraform and tofu look for plugins, or runs the
 * sandbox beside it. If one of the engines starts it, or with a command or option of the provider, it is the provider.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, uninstall } from '../install/commands';

const executable = join(__dirname, 'terraform-provider-domo');
const help = `Usage:
  terraform-provider-domo install [--dir <folder>]
  terraform-provider-domo uninstall [--dir <folder>]
  terraform-provider-domo sandbox [--help]
  terraform-provider-domo doctor [--help]

install puts the provider into the plugin folder of Terraform and OpenTofu, or, with --dir, lays out a filesystem
mirror in that folder. uninstall removes what install put there. Terraform starts the provider itself, which
needs Node.js 20.3 or newer on the PATH.

sandbox runs a local Domo to try things on. doctor asks your Domo what the provider would ask it, and reports what it
answers.

  --version  prints the provider's version
  --debug    runs it for a debugger, and prints the value for TF_REATTACH_PROVIDERS
`;

/** What the arguments ask for. Throws if they cannot be understood. */
function read(args: string[]): { command: 'install' | 'uninstall' | 'help'; dir: string | undefined } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command, extra] = positionals;
  if (values.help || command === 'help') return { command: 'help', dir: undefined };
  if (command === undefined) throw new Error('A command is missing.');
  if (command !== 'install' && command !== 'uninstall') throw new Error(`Unknown command "${command}".`);
  if (extra !== undefined) throw new Error(`Unexpected argument "${extra}".`);
  if (values.dir === '') throw new Error('--dir needs a folder.');
  return { command, dir: values.dir };
}

function run({ command, dir }: ReturnType<typeof read>): void {
  if (command === 'help') return void process.stdout.write(help);
  const { version } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (command === 'install') install({ executable, version }, dir);
  else uninstall(version, dir);
}

/** Returns the result of the work; if it fails, prints why, and `more` below it. */
function orSay<T>(work: () => T, more: string): T | undefined {
  try {
    return work();
  } catch (error) {
    process.stderr.write(`terraform-provider-domo: ${(error as Error).message}\n${more}`);
    process.exitCode = 1;
    return undefined;
  }
}

const args = process.argv.slice(2);
const isProvider = Boolean(process.env.TF_PLUGIN_MAGIC_COOKIE);
if (!isProvider && args[0] === 'sandbox') {
  // It reads its own options from where a program finds them.
  process.argv.splice(2, 1);
  require(join(__dirname, 'sandbox.js'));
} else if (isProvider || args[0] === 'doctor' || args.includes('--version') || args.includes('--debug')) {
  require(executable);
} else {
  // Help is for somebody whose arguments were wrong, not for somebody whose folder cannot be written to.
  const order = orSay(() => read(args), `\n${help}`);
  if (order) orSay(() => run(order), '');
}
