import type { FastifyInstance, FastifyRequest } from 'fastify';
import { maySeeAll } from './grants';
import { caller } from './instance';
import { forbidden, objectBody, Refusal } from './refusal';
import type { Sandbox } from './sandbox';
import type { Person, User } from './users';

const shownOf = ({ id, name, email, isActive, lastActivity }: Person): Record<string, unknown> => ({
  id,
  displayName: name,
  emailAddress: email,
  isActive,
  ...(lastActivity === undefined ? {} : { lastActivity }),
});

/** A user as Domo's directory shows it: each attribute is a key with a list of values. */
function entry(person: Person, wanted: readonly string[] | undefined) {
  const attributes = Object.entries(shownOf(person))
    .filter(([key]) => wanted === undefined || wanted.includes(key))
    .map(([key, value]) => ({ key, values: [value] }));
  return { attributes };
}

const texts = (value: unknown, name: string): string[] | undefined => {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(String);
  throw new Refusal(400, `"${name}" must be an array.`);
};

function amount(value: unknown, name: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(400, `"${name}" must be a whole number.`);
}

/** Who is a user, and who holds an access token: what governance asks beside the clients themselves. */
export function directoryRoutes(server: FastifyInstance, sandbox: Sandbox) {
  const { store } = sandbox;

  const mayKnow = (user: User, { id }: Person) => maySeeAll(user) || user.id === id;

  server.post('/api/identity/v1/users/search', (request) => {
    const user = caller(sandbox, request);
    const body = objectBody(request.body);
    const ids = texts(body.ids, 'ids');
    const found = store
      .people()
      .filter((each) => mayKnow(user, each))
      .filter(({ id }) => ids === undefined || ids.includes(String(id)))
      .filter(({ isDeleted }) => body.includeDeleted === true || !isDeleted);
    const offset = amount(body.offset, 'offset', 0);
    const page = found.slice(offset, offset + amount(body.limit, 'limit', 100));
    const wanted = texts(body.attributes, 'attributes');
    return { count: found.length, users: page.map((each) => entry(each, wanted)) };
  });

  server.get('/api/identity/v1/users/:id', (request) => {
    const user = caller(sandbox, request);
    const { params, query } = request as FastifyRequest<{
      Params: { id: string };
      Querystring: { includeDeleted?: string };
    }>;
    const person = store.people().find(({ id }) => String(id) === params.id);
    if (!person || (person.isDeleted && query.includeDeleted !== 'true')) {
      throw new Refusal(404, 'There is no such user.');
    }
    if (!mayKnow(user, person)) throw forbidden();
    return { count: 1, users: [entry(person, undefined)] };
  });

  server.get('/api/data/v1/accesstokens', (request) => {
    const user = caller(sandbox, request);
    return store.listAccessTokens(user).map((token) => ({ ...token, ownerName: null, ownerEmail: null }));
  });
}
