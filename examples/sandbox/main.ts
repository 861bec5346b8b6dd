import { grantTitles } from './grants';
import { help, type Options, readOptions } from './options';
import { emptySeed, readSeed, type Seed } from './seed';
import { startSandbox } from './server';
import type { User } from './users';

const { env } = process;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function describe({ name, email, password, token, grants }: User): string {
  const titles = grants.map((grant) => `"${grantTitles[grant]}"`);
  return [
    `${name}: ${titles.join(' and ') || 'no grant'}`,
    `  access token  ${token}`,
    `  signs in as   ${email}  ${password}`,
  ].join('\n');
}

function greeting(url: string, users: readonly User[], dataFile: string | undefined): string {
  return `A local Domo is running at ${url} (Ctrl-C stops it).
Open it in a browser: Admin > Authentication > API Clients, as any of the users below.
${dataFile ? `Data is kept in ${dataFile}.` : 'Data is kept in memory; use --data FILE (make: DATA=FILE) to save it.'}

${users.map(describe).join('\n')}

Point the provider at it, here as ${users[0]?.name}:
  export DOMO_BASE_URL=${url}
  export DOMO_API_URL=${url}
  export DOMO_ACCESS_TOKEN=${users[0]?.token}
`;
}

/** One line for programs. */
function machineGreeting(url: string, users: readonly User[]): string {
  const tokens = Object.fromEntries(users.map(({ name, token }) => [name, token]));
  return `${JSON.stringify({ url, tokens, users })}\n`;
}

function explain(error: unknown, { port, dataFile }: Options): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Choose another with --port (make: PORT=); 0 picks a free one.`;
  if (code === 'EACCES' && !dataFile)
    return `This user may not open port ${port}. Choose another with --port (make: PORT=); 0 picks a free one.`;
  return dataFile
    ? `The sandbox cannot use the data file ${dataFile}: ${messageOf(error)}. Choose another with --data (make: DATA=).`
    : `The sandbox cannot start: ${messageOf(error)}.`;
}

function optionsOrFail(): Options {
  try {
    return readOptions(process.argv.slice(2), env);
  } catch (error) {
    return fail(messageOf(error));
  }
}

function seedOrFail(seedFile: string | undefined): Seed {
  try {
    return seedFile === undefined ? emptySeed : readSeed(seedFile);
  } catch (error) {
    return fail(`The sandbox cannot use the seed ${seedFile}: ${messageOf(error)}.`);
  }
}

/** Runs the sandbox until it is interrupted; `help` has its options and their variables. */
async function main() {
  const options = optionsOrFail();
  if (options.help) return void process.stdout.write(help);
  const { json, dataFile, seedFile, ...rest } = options;
  const seed = seedOrFail(seedFile);
  try {
    const { url, store } = await startSandbox({ ...rest, dataFile, seed, env });
    const { users } = store;
    process.stdout.write(json ? machineGreeting(url, users) : greeting(url, users, dataFile));
  } catch (error) {
    fail(explain(error, options));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
void main();
