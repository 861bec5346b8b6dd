/** Somebody whom the directory knows. What is left out is not among the user's attributes. */
export type FakeUser = {
  id: number | string;
  displayName?: string;
  emailAddress?: string;
  isActive?: boolean;
  lastActivity?: number;
  isDeleted?: boolean;
};

/** An access token of somebody. */
export type FakeToken = { id: number; name: string; ownerId: number; expires: number | null };

/** The body of the answer to a search: users as lists of attributes, a part of them at a time. */
export function searchAnswer(users: FakeUser[], body: unknown, atOnce: number): unknown {
  const { ids, attributes, includeDeleted, limit, offset } = body as {
    ids: string[];
    attributes: string[];
    includeDeleted: boolean;
    limit: number;
    offset: number;
  };
  const found = users.filter(
    ({ id, isDeleted }) => ids.includes(String(id)) && (includeDeleted || isDeleted !== true),
  );
  return {
    count: found.length,
    users: found.slice(offset, offset + Math.min(limit, atOnce)).map((user) => ({
      attributes: Object.entries(user)
        .filter(([key]) => attributes.includes(key))
        .map(([key, value]) => ({ key, values: [value] })),
    })),
  };
}

/** The body of the list of access tokens: the owners' names and addresses are null, as in the one known answer. */
export function tokensAnswer(tokens: FakeToken[]): unknown {
  return tokens.map(({ id, name, ownerId, expires }) => ({
    id,
    name,
    ownerId,
    ownerName: null,
    ownerEmail: null,
    expires,
  }));
}
