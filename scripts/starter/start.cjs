// What start.sh runs with Node.js: an old one cannot even read the bundle, so this is in a language that it knows.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 3)) {
  keepCompiled(require('node:module').enableCompileCache);
  require('./terraform-provider-domo-bundle.cjs');
} else {
  const found = `the node on the PATH is ${process.version}`;
  process.stdout.write(`terraform-provider-domo: Node.js 20.3 or newer is needed, and ${found}\n`);
  process.exitCode = 1;
  // Terraform reads the line only from a process that has not ended, and then ends it.
  setTimeout(() => undefined, 1000);
}

/**
 * Lets Node.js keep the compiled bundle for the next start, which version 22 and newer can do. What is kept will be run,
 * so it is kept only where nobody else can write.
 */
function keepCompiled(enable) {
  const {
    NODE_DISABLE_COMPILE_CACHE: disabled,
    NODE_COMPILE_CACHE: other,
    XDG_CACHE_HOME,
    HOME,
  } = process.env;
  if (!enable || !process.getuid || disabled || other) return;
  const { lstatSync, mkdirSync, statSync } = require('node:fs');
  const { isAbsolute, join } = require('node:path');
  const caches = XDG_CACHE_HOME || join(HOME || '', '.cache');
  const folder = join(caches, 'terraform-provider-domo');
  const isOwn = (found, others) =>
    found.isDirectory() && found.uid === process.getuid() && (found.mode & others) === 0;
  try {
    if (!isAbsolute(caches)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOwn(statSync(caches), 0o022) && isOwn(lstatSync(folder), 0o077)) enable(folder);
  } catch (_error) {
    // There is no such folder, and none can be made: the start takes longer, and nothing else changes.
  }
}
