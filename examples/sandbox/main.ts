import { grantTitles } from './grants';
import { startSandbox } from './server';
import type { User } from './users';

const { env } = process;

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function numberFrom(name: string, fallback: number, isFit: (value: number) => boolean): number {
  const text = env[name] || String(fallback);
  const value = Number(text);
  if (!isFit(value)) fail(`${name} cannot be "${text}".`);
  return value;
}

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
${dataFile ? `It keeps its data in ${dataFile}.` : 'It keeps its data in memory: set DATA=file.json to keep them.'}

${users.map(describe).join('\n')}

Point the provider at it, here as ${users[0]?.name}:
  export DOMO_BASE_URL=${url}
  export DOMO_API_URL=${url}
  export DOMO_ACCESS_TOKEN=${users[0]?.token}
`;
}

function explain(error: unknown, port: number, dataFile: string | undefined): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: choose another with PORT=, or PORT=0 for any.`;
  if (code === 'EACCES' && !dataFile) return `Port ${port} is not allowed: choose another with PORT=.`;
  const reason = error instanceof Error ? error.message : String(error);
  return dataFile
    ? `The sandbox cannot use DATA=${dataFile}: ${reason}.`
    : `The sandbox cannot start: ${reason}.`;
}

/**
 * Runs the sandbox until it is interrupted. Environment:
 *
 * - `PORT`: 8787 where absent, 0 for any free port
 * - `DATA`: a JSON file that keeps everything across restarts; in memory where absent. It holds the users'
 *   tokens and passwords as they are: it is a toy's, never use real ones
 * - `TOKEN_LIFETIME`: seconds that an OAuth token is valid, 3600 where absent
 * - `SANDBOX_TOKEN_<NAME>`, `SANDBOX_PASSWORD_<NAME>` (ADMIN, CREATOR, MANAGER, GUEST): set them, so that
 *   they do not differ at each start
 * - `SANDBOX_JSON=1`, or the argument `--json`: one line on stdout when ready, `{"url", "users": [...]}`
 */
async function main() {
  const port = numberFrom('PORT', 8787, (value) => Number.isInteger(value) && value >= 0 && value < 65536);
  const tokenLifetime = numberFrom('TOKEN_LIFETIME', 3600, (value) => value > 0);
  const dataFile = env.DATA || undefined;
  try {
    const { url, store } = await startSandbox({ port, tokenLifetime, dataFile, env });
    const asJson = env.SANDBOX_JSON === '1' || process.argv.includes('--json');
    const { users } = store;
    process.stdout.write(asJson ? `${JSON.stringify({ url, users })}\n` : greeting(url, users, dataFile));
  } catch (error) {
    fail(explain(error, port, dataFile));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
void main();
