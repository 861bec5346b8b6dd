import { createHash, randomUUID } from 'node:crypto';
import { type Change, createActivity } from './activity';
import { type ClientRequest, clientRequest } from './client-request';
import { mayCreate, mayList, mayRevoke, maySee, maySeeAll } from './grants';
import { createSaver, readJson } from './persistence';
import { forbidden, Refusal, unauthorized } from './refusal';
import { emptySeed, type Seed, type SeedToken } from './seed';
import { createUsers, fakeCredential, type Person, type User } from './users';

/** An API client. Of its secret only a SHA-256 is kept: Domo shows it once, and so do we. */
export type Client = ClientRequest & {
  id: number;
  clientId: string;
  secretHash: string;
  /** The owner. */
  userId: number;
  /** Milliseconds since 1970. */
  createdAt: number;
};

/** An access token of a user, as the instance lists it. The token itself is no part of it. */
export type AccessToken = SeedToken & { id: number };

/** An issued OAuth token, by its SHA-256. It lives on when its client is revoked. */
export type OAuthToken = { hash: string; userId: number; scopes: string[]; expiresAt: number };

type State = {
  version: 1;
  nextId: number;
  users: User[];
  clients: Client[];
  tokens: OAuthToken[];
  activity: Change[];
};

export type StoreOptions = {
  /** Keeps the state in this file; in memory only where absent. */
  dataFile?: string | undefined;
  /** Where the users' tokens and passwords may be set; see `createUsers`. */
  env?: Record<string, string | undefined>;
  /** The users' tokens and passwords are the same at every start. */
  fixedTokens?: boolean;
  /** What there is at the start without a data file, and after a reset. */
  seed?: Seed;
  /** Scopes that are known beyond those of Domo's article. */
  addedScopes?: () => readonly string[];
};

export type Store = ReturnType<typeof openStore>;

/** The id of the first client. */
const firstId = 101;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const by = ({ name, id }: User) => ({ actor: name, actorId: id });

const about = ({ name, id, userId }: Client) => ({ subject: name, clientId: id, ownerId: userId });

function loadState(path: string | undefined): State | undefined {
  const found = path === undefined ? undefined : readJson(path);
  if (found === undefined) return undefined;
  const isState = (value: unknown): value is State =>
    typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
  if (!isState(found)) throw new Error('it holds no sandbox data of version 1');
  return found;
}

/**
 * The clients, users and OAuth tokens of the sandbox, and Domo's rules about them.
 * A function that changes something resolves when the change is kept (in the data file, if there is one);
 * a refusal throws or rejects with a `Refusal`. Throws if the data file cannot be read.
 */
export function openStore({
  dataFile,
  env = {},
  fixedTokens = false,
  seed = emptySeed,
  addedScopes = () => [],
}: StoreOptions = {}) {
  const kept = loadState(dataFile);
  const state: State = {
    version: 1,
    nextId: kept?.nextId ?? firstId,
    users: createUsers(env, kept?.users, fixedTokens),
    clients: kept?.clients ?? [],
    tokens: kept?.tokens ?? [],
    activity: kept?.activity ?? [],
  };
  const save = dataFile === undefined ? () => Promise.resolve() : createSaver(dataFile, () => state);
  const { tell, onChange, known, forget } = createActivity(state.activity);
  if (!kept) plant();

  /** Puts the clients of the seed in. */
  function plant(): void {
    for (const { clientSecret = fakeCredential('secret'), ...given } of seed.clients) {
      const client: Client = {
        clientId: randomUUID(),
        createdAt: Date.now(),
        ...given,
        id: state.nextId++,
        secretHash: sha256(clientSecret),
      };
      state.clients.push(client);
      const owner = people().find(({ id }) => id === client.userId);
      tell({ kind: 'created', actor: owner?.name ?? 'sandbox', actorId: client.userId, ...about(client) });
    }
  }

  /** The users, and the people of the seed. */
  function people(): readonly Person[] {
    const active = { isActive: true, isDeleted: false };
    return [...state.users.map(({ id, name, email }) => ({ id, name, email, ...active })), ...seed.people];
  }

  /** One for each user, and those of the seed. Ids count upwards, in the order in which they were made. */
  function accessTokens(): readonly AccessToken[] {
    const own = state.users.map(({ id, name }) => ({
      name: `Token of ${name}`,
      ownerId: id,
      expires: Date.parse('2099-12-31'),
    }));
    return [...own, ...seed.accessTokens].map((token, index) => ({ id: index + 1, ...token }));
  }

  /** Tells of the attempt and throws the refusal. `client` is the one that it was about. */
  function refuse(refusal: Refusal, user: User, subject: string, client?: Client): never {
    tell({ kind: 'refused', ...by(user), subject, ...(client && about(client)), reason: refusal.message });
    throw refusal;
  }

  function allowedRequest(user: User, parts: Parameters<typeof clientRequest>[0]): ClientRequest {
    try {
      const request = clientRequest(parts, addedScopes());
      if (!state.clients.some((client) => client.name === request.name)) return request;
      throw new Refusal(400, `The name "${request.name}" is taken.`);
    } catch (error) {
      if (error instanceof Refusal) refuse(error, user, String(parts.name));
      throw error;
    }
  }

  /** Makes a client for a user whatever the user's grants are: for tests that need one. */
  async function addClient(owner: User, parts: Parameters<typeof clientRequest>[0]) {
    const request = allowedRequest(owner, parts);
    const secret = fakeCredential('secret');
    const client: Client = {
      id: state.nextId++,
      ...request,
      clientId: randomUUID(),
      secretHash: sha256(secret),
      userId: owner.id,
      createdAt: Date.now(),
    };
    state.clients.push(client);
    tell({ kind: 'created', ...by(owner), ...about(client) });
    await save();
    return { client, secret };
  }

  /** Revokes permanently, whoever asks: what happens behind Terraform's back. */
  async function removeClient(client: Client, user?: User) {
    state.clients = state.clients.filter(({ id }) => id !== client.id);
    tell({ kind: 'revoked', ...(user ? by(user) : { actor: 'sandbox' }), ...about(client) });
    await save();
  }

  return {
    users: state.users as readonly User[],
    save,
    addClient,
    removeClient,

    onChange,
    people,

    /** Everything as it was at the very start: the clients of the seed, and no tokens. Users and their tokens stay. */
    async reset() {
      for (const client of state.clients) tell({ kind: 'revoked', actor: 'sandbox', ...about(client) });
      forget();
      Object.assign(state, { nextId: firstId, clients: [], tokens: [] });
      plant();
      await save();
    },

    /** All clients, whoever owns them, oldest first. */
    allClients: (): readonly Client[] => state.clients,

    /** The clients that the user may see; 403 without a grant. */
    listClients(user: User): readonly Client[] {
      if (!mayList(user)) refuse(forbidden(), user, 'list');
      return state.clients.filter((client) => maySee(user, client.userId));
    },

    /** Everybody's access tokens to a manager, to all others their own. */
    listAccessTokens: (user: User): readonly AccessToken[] =>
      accessTokens().filter(({ ownerId }) => maySeeAll(user) || ownerId === user.id),

    /** What the user may know of what happened, the latest first; 403 without a grant. */
    listActivity(user: User): readonly Change[] {
      if (!mayList(user)) refuse(forbidden(), user, 'activity');
      return known(user);
    },

    /** Creates a client and hands out its secret, this once; 403 without the grant, 400 by the rules. */
    async createClient(user: User, parts: Parameters<typeof clientRequest>[0]) {
      if (!mayCreate(user)) refuse(forbidden(), user, String(parts.name));
      return addClient(user, parts);
    },

    /** Revokes a client; 403 if the user may not, `missingStatus` if there is no such id. */
    async revokeClient(user: User, id: number, missingStatus = 400) {
      if (!mayList(user)) refuse(forbidden(), user, `id ${id}`);
      const client = state.clients.find((each) => each.id === id);
      if (!client) refuse(new Refusal(missingStatus, `There is no API client ${id}.`), user, `id ${id}`);
      if (!mayRevoke(user, client.userId)) refuse(forbidden(), user, client.name, client);
      await removeClient(client, user);
    },

    /**
     * Issues an OAuth token for `lifetime` seconds, with all scopes of the client or those asked for.
     * 401 for wrong credentials, 400 for a scope that the client has not.
     */
    async issueToken(clientId: string, secret: string, asked: readonly string[], lifetime: number) {
      const client = state.clients.find((each) => each.clientId === clientId);
      if (client?.secretHash !== sha256(secret)) throw unauthorized();
      const scopes = asked.length > 0 ? asked.map((scope) => scope.toLowerCase()) : client.scopes;
      const foreign = scopes.find((scope) => !client.scopes.includes(scope));
      if (foreign !== undefined) {
        throw new Refusal(400, `The client has no scope "${foreign}".`, 'invalid_scope');
      }
      const token = fakeCredential('bearer');
      const now = Date.now();
      state.tokens = state.tokens.filter(({ expiresAt }) => expiresAt > now);
      state.tokens.push({
        hash: sha256(token),
        userId: client.userId,
        scopes,
        expiresAt: now + lifetime * 1000,
      });
      tell({
        kind: 'token-issued',
        ...about(client),
        actor: client.name,
        subject: scopes.join(' '),
        expiresAt: now + lifetime * 1000,
      });
      await save();
      return { token, scopes, userId: client.userId };
    },

    /** The OAuth token's user and scopes while it is valid. */
    findToken(token: string): OAuthToken | undefined {
      const hash = sha256(token);
      return state.tokens.find((each) => each.hash === hash && each.expiresAt > Date.now());
    },
  };
}
