/** The two grants that Domo's article on API clients names, by short keys. */
export type Grant = 'create' | 'manage';

/** The grants as Domo's administration pages call them. */
export const grantTitles: Record<Grant, string> = {
  create: 'Create API OAuth Clients',
  manage: 'Manage All Access Tokens and API Clients',
};

/** Whoever has grants: a user. */
interface Holder {
  readonly id: number;
  readonly grants: readonly Grant[];
}

/** Whether the user may create clients. Managing all of them does not include that. */
export const mayCreate = (user: Holder) => user.grants.includes('create');

/** Whether the list of clients answers the user at all. */
export const mayList = (user: Holder) => user.grants.length > 0;

/** Whether the user sees everybody's clients. */
export const maySeeAll = (user: Holder) => user.grants.includes('manage');

/** Whether the user sees a client of that owner: a manager every one, others with a grant their own. */
export const maySee = (user: Holder, ownerId: number) =>
  maySeeAll(user) || (mayList(user) && user.id === ownerId);

/** Whether the user may revoke a client of that owner: in Domo's table the same as seeing it. */
export const mayRevoke = maySee;
