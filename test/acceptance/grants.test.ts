import { createHash } from 'node:crypto';
import type { RunningSandbox } from '../support/running-sandbox';
import { type Engine, engines, type Workspace } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { movedState } from './copied-state';
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

// Whoever may not list at all is refused before it matters whose the client is, and whether it is there.
const isSameForAny = (operation: string, user: User) =>
  user === 'guest' && /another's|gone/.test(operation) && !isThorough;

const cells = Object.entries(table).flatMap(([what, byUser]) =>
  users
    .map((user) => ({ operation: what.trim(), user, expected: byUser[user], shown: byUser[user].trim() }))
    .filter(({ operation, user }) => !isSameForAny(operation, user)),
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

  const states = new Map<string, Promise<{ state: string; host: string }>>();

  /** The state that has `theirs`, a client of that owner; somebody who sees everything has imported it. */
  async function imported(owner: string) {
    const sandbox = await sandboxWith(owner);
    const work = await workOf(sandbox.settings);
    await work.run('import', ...flags, address, 'theirs');
    return { state: work.read('terraform.tfstate'), host: hostOf(sandbox) };
  }

  async function managed(sandbox: RunningSandbox, owner: string): Promise<string> {
    const importing = states.get(owner) ?? imported(owner);
    states.set(owner, importing);
    const { state, host } = await importing;
    return movedState(state, { from: host, to: hostOf(sandbox) });
  }

  async function perform(operation: string, user: User) {
    const owner = operation.includes("another's") ? otherThan(user) : user;
    const [verb = ''] = operation.split(',');
    const isThere = verb !== 'create' && !/gone|lone/.test(operation);
    const sandbox = await sandboxWith(isThere ? owner : undefined, !operation.includes('lone'));
    const files = /refresh|revoke/.test(verb) ? { 'terraform.tfstate': await managed(sandbox, owner) } : {};
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
    const { result, kept } = await perform(operation, user);
    const { code, says, kept: isKept } = outcomes[expected];
    expect({ code: result.code, text: result.text, kept }).toEqual({
      code,
      text: expect.stringContaining(says),
      kept: isKept,
    });
  });
});

const otherThan = (user: User) => (user === 'creator' ? 'admin' : 'creator');

const hostOf = ({ url }: RunningSandbox) => new URL(url).host;

/** A sandbox that has a client of `owner`, always the same one, and perhaps others. */
function sandboxWith(owner: string | undefined, hasBystanders = true): Promise<RunningSandbox> {
  const seeded = (name: string, of: string) => ({ owner: of, name, scopes: ['data'], clientId: idOf(name) });
  const bystanders = ['admin', 'creator'].map((of) => seeded(`bystander of ${of}`, of));
  const clients = [...(hasBystanders ? bystanders : []), ...(owner ? [seeded('theirs', owner)] : [])];
  return openSandbox({ clients });
}

/** A client id of Domo's form. */
function idOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), '4000', '8000', digits.slice(12, 24)].join('-');
}
