import type { Team } from './domo-api-clients';

/** The table: all that reviewers need to read. */
export const teams: Readonly<Record<string, Team>> = {
  sales: {
    may: ['data', 'dashboard'],
    clients: [
      {
        name: 'nightly-export',
        description: 'Reads the sales datasets into the warehouse.',
        scopes: ['data'],
      },
    ],
  },
  it: {
    may: ['user', 'audit'],
    clients: [
      {
        name: 'directory-sync',
        description: "Keeps Domo's users in step with the company's directory.",
        scopes: ['user', 'audit'],
      },
    ],
  },
};
