import type { RunningSandbox } from '../support/running-sandbox';
import { type Engine, engines, type Workspace } from '../support/terraform';
import { installedWorkspace, openSandbox, providerFile, tearDown } from './setup';

const users = ['admin', 'creator', 'manager', 'guest'] as const;
type User = (typeof users)[number];

/** What can come of an operation: what Terraform says, and what is left in the state. */
const outcomes = {
  'created      ': { code: 0, says: 'Resources: 1 added', kept: true },
  'no changes   ': { code: 0, says: 'No changes.', kept: true },
  'found gone   ': { code: 0, says: 'An API client was revoked outside Terraform', kept: false },
  'revoked      ': { code: 0, says: 'Resources: 1 destroyed', kept: false },
  'imported     ': { code: 0, says: 'Import successful!', kept: true },
  'cannot see   ': { code: 1, says: 'The API client cannot be seen', kept: true },
  'not listed   ': { code: 1, says: 'There is no such API client to import', kept: false },
  'refused: new ': { code: 1, says: 'Domo returned 403', kept: false },
  'refused: kept': { code: 1, says: 'Domo returned 403', kept: true },
} as const;
type Outcome = keyof typeof outcomes;

// admin has both grants, creator and manager one each, guest none. In each row everybody meets a client of
// their own, or one of another user; `lone` is one of another user in a list without any other client.
const table: Record<string, Record<User, Outcome>> = {
  'create                   ': row('created      ', 'created      ', 'refused: new ', 'refused: new '),
  'refresh, own             ': row('no changes   ', 'no changes   ', 'no changes   ', 'refused: kept'),
  'refresh, own, gone       ': row('found gone   ', 'found gone   ', 'found gone   ', 'refused: kept'),
  "refresh, another's       ": row('no changes   ', 'cannot see   ', 'no changes   ', 'refused: kept'),
  "refresh, another's, gone ": row('found gone   ', 'cannot see   ', 'found gone   ', 'refused: kept'),
  "refresh, another's, lone ": row('cannot see   ', 'cannot see   ', 'cannot see   ', 'refused: kept'),
  'revoke, own              ': row('revoked      ', 'revoked      ', 'revoked      ', 'refused: kept'),
  "revoke, another's        ": row('revoked      ', 'cannot see   ', 'revoked      ', 'refused: kept'),
  'import, own              ': row('imported     ', 'imported     ', 'imported     ', 'refused: new '),
  "import, another's        ": row('imported     ', 'not listed   ', 'imported     ', 'refused: new '),
};

function row(admin: Outcome, creator: Outcome, manager: Outcome, guest: Outcome): Record<User, Outcome> {
  return { admin, creator, manager, guest };
}

const cells = Object.entries(table).flatMap(([what, byUser]) =>
  users.map((user) => ({ operation: what.trim(), user, expected: byUser[user], shown: byUser[user].trim() })),
);

const address = 'domo_api_client.a';
const flags = ['-no-color', '-input=false'];
const configuration = `${providerFile()}
resource "domo_api_client" "a" {
  name   = "theirs"
  scopes = ["data"]
}
`;

afterAll(tearDown);

describe.each(engines())('with $name', (engine: Engine) => {
  const workOf = (env: Record<string, string>, files: Record<string, string> = {}): Promise<Workspace> =>
    installedWorkspace(engine, { 'main.tf': configuration, ...files }, env);

  /** A client of that user and a state that has it; somebody who sees everything has imported it. */
  async function managed(sandbox: RunningSandbox, owner: string): Promise<string> {
    await give(sandbox, owner, 'theirs');
    const work = await workOf(sandbox.settings);
    await work.run('import', ...flags, address, 'theirs');
    return work.read('terraform.tfstate');
  }

  async function perform(operation: string, user: User, sandbox: RunningSandbox) {
    const owner = operation.includes("another's") ? otherThan(user) : user;
    const [verb = ''] = operation.split(',');
    if (!operation.includes('lone')) {
      await give(sandbox, 'admin', 'bystander of admin');
      await give(sandbox, 'creator', 'bystander of creator');
    }
    const files = /refresh|revoke/.test(verb) ? { 'terraform.tfstate': await managed(sandbox, owner) } : {};
    if (verb === 'import') await give(sandbox, owner, 'theirs');
    if (/gone|lone/.test(operation)) await takeAway(sandbox, 'theirs');
    const work = await workOf(sandbox.settingsOf(user), files);
    const commands: Record<string, string[]> = {
      create: ['apply', '-auto-approve', ...flags],
      refresh: ['apply', '-refresh-only', '-auto-approve', ...flags],
      revoke: ['destroy', '-auto-approve', ...flags],
      import: ['import', ...flags, address, 'theirs'],
    };
    const result = await work.run(...(commands[verb] ?? []));
    const { resources } = await work.state();
    return { result, kept: resources.some((each) => each.address === address) };
  }

  it.concurrent.each(cells)('$operation, as $user: $shown', async ({ operation, user, expected }) => {
    const { result, kept } = await perform(operation, user, await openSandbox());
    const { code, says, kept: isKept } = outcomes[expected];
    expect({ code: result.code, text: result.text, kept }).toEqual({
      code,
      text: expect.stringContaining(says),
      kept: isKept,
    });
  });
});

const otherThan = (user: User) => (user === 'creator' ? 'admin' : 'creator');

async function give(sandbox: RunningSandbox, owner: string, name: string): Promise<void> {
  const userId = sandbox.users.find((user) => user.name === owner)?.id;
  await sandbox.control('POST', 'clients', { userId, name, scopes: ['data'] });
}

async function takeAway(sandbox: RunningSandbox, name: string): Promise<void> {
  const clients = (await sandbox.control('GET', 'clients')) as { id: number; name: string }[];
  await sandbox.revoke(clients.find((client) => client.name === name)?.id);
}
