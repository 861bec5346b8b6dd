/**
 * `install.ts` puts the built provider where terraform and tofu look for plugins; `install.ts uninstall` removes it
 * again.
 *
 * Environment: `DIR`, a folder to lay out as a filesystem mirror instead of the user's plugin folder.
 */
import { install, uninstall } from './install/commands';
import { built } from './mirror';
import { runScript } from './run-script';

const { DIR } = process.env;
void runScript(() => {
  if (process.argv[2] === 'uninstall') uninstall(built().version, DIR);
  else install(built(), DIR);
});
