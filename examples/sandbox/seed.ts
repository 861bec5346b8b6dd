import { readFileSync } from 'node:fs';
import { type ClientRequest, clientRequest } from './client-request';
import { parseQuirks, type Quirks } from './quirks';
import { type Person, roster } from './users';

/** A client to begin with. `clientId` and `clientSecret` are made up if they are absent. */
export type SeedClient = ClientRequest & {
  userId: number;
  clientId?: string;
  clientSecret?: string;
  /** Milliseconds since 1970; the time of the start if absent. */
  createdAt?: number;
};

/** An access token beside those of the four users. `expires` is in milliseconds since 1970. */
export type SeedToken = { name: string; ownerId: number; expires: number };

/** What a sandbox has at its start, and again after a reset. */
export type Seed = {
  /** People beside the four users: they own clients and are found in the directory, but cannot sign in. */
  people: Person[];
  clients: SeedClient[];
  accessTokens: SeedToken[];
  quirks: Partial<Quirks>;
};

export const emptySeed: Seed = { people: [], clients: [], accessTokens: [], quirks: {} };

type Fields = Record<string, unknown>;

function fields(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} must be a JSON object`);
  }
  const foreign = Object.keys(value).find((key) => !known.includes(key));
  if (foreign !== undefined) throw new Error(`${where} has "${foreign}"; known are ${known.join(', ')}`);
  return { ...value };
}

function list(value: unknown, where: string): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new Error(`${where} must be an array`);
}

function optionalText(value: unknown, where: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new Error(`${where} must be text`);
}

const isTruth = (value: unknown) => value === undefined || typeof value === 'boolean';

function person(value: unknown, where: string): Person {
  const { id, name, email, isActive, isDeleted, lastActivity } = fields(value, where, [
    'id',
    'name',
    'email',
    'isActive',
    'isDeleted',
    'lastActivity',
  ]);
  const taken = roster.some((user) => user.id === id || user.name === name);
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1 || taken) {
    throw new Error(
      `${where}.id must be a positive whole number, and neither it nor the name that of a user`,
    );
  }
  if (typeof name !== 'string' || name === '') throw new Error(`${where}.name must be text`);
  if (!isTruth(isActive) || !isTruth(isDeleted)) {
    throw new Error(`${where}.isActive and ${where}.isDeleted must be true or false`);
  }
  const activeAt = moment(lastActivity, `${where}.lastActivity`);
  return {
    id,
    name,
    ...(activeAt === undefined ? {} : { lastActivity: activeAt }),
    email: optionalText(email, `${where}.email`) ?? `${name}@sandbox.example`,
    isActive: isActive !== false && isDeleted !== true,
    isDeleted: isDeleted === true,
  };
}

function moment(value: unknown, where: string): number | undefined {
  if (value === undefined) return undefined;
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`${where} must be a date such as "2026-03-14T09:00:00Z"`);
  return at;
}

function ownerId(value: unknown, where: string, people: readonly Person[]): number {
  const owner = [...roster, ...people].find(({ name }) => name === value);
  if (!owner) throw new Error(`${where}.owner must be the name of a user, or of one of "people"`);
  return owner.id;
}

function accessToken(value: unknown, where: string, people: readonly Person[]): SeedToken {
  const { owner, name, expires } = fields(value, where, ['owner', 'name', 'expires']);
  const shown = optionalText(name, `${where}.name`);
  if (shown === undefined) throw new Error(`${where}.name must be text`);
  const end = moment(expires, `${where}.expires`) ?? Date.parse('2099-12-31');
  return { name: shown, ownerId: ownerId(owner, where, people), expires: end };
}

function client(value: unknown, where: string, people: readonly Person[], scopesAdded: readonly string[]) {
  const given = fields(value, where, [
    'owner',
    'name',
    'description',
    'scopes',
    'clientId',
    'clientSecret',
    'created',
  ]);
  const userId = ownerId(given.owner, where, people);
  let request: ClientRequest;
  try {
    const { name, description, scopes } = given;
    request = clientRequest({ name, description, scopes }, scopesAdded);
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message.replace(/\.$/, '')}`);
  }
  const clientId = optionalText(given.clientId, `${where}.clientId`);
  const clientSecret = optionalText(given.clientSecret, `${where}.clientSecret`);
  const createdAt = moment(given.created, `${where}.created`);
  return {
    ...request,
    userId,
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function unique(values: readonly (string | number | undefined)[], what: string): void {
  const twice = values.find((value, index) => value !== undefined && values.indexOf(value) !== index);
  if (twice !== undefined) throw new Error(`two have the ${what} ${JSON.stringify(twice)}`);
}

/** Throws, naming the place, if it is not a seed. */
export function parseSeed(value: unknown): Seed {
  const given = fields(value, 'the seed', ['people', 'clients', 'accessTokens', 'quirks']);
  const people = list(given.people, 'people').map((each, index) => person(each, `people[${index}]`));
  unique(
    people.map(({ id }) => id),
    'id',
  );
  unique(
    people.map(({ name }) => name),
    'name',
  );
  const quirks = parseQuirks(given.quirks ?? {});
  const clients = list(given.clients, 'clients').map((each, index) =>
    client(each, `clients[${index}]`, people, quirks.scopes ?? []),
  );
  unique(
    clients.map(({ name }) => name),
    'name',
  );
  unique(
    clients.map(({ clientId }) => clientId),
    'client id',
  );
  const accessTokens = list(given.accessTokens, 'accessTokens').map((each, index) =>
    accessToken(each, `accessTokens[${index}]`, people),
  );
  return { people, clients, accessTokens, quirks };
}

/** Throws, saying why, if the file is not there or is not a seed. */
export function readSeed(path: string): Seed {
  const text = readFileSync(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and with it secrets.
    throw new Error('it is not JSON');
  }
  return parseSeed(value);
}
