/** Pieces of what `show -json` and `plan -json` print, for the tests of the drift kit. */

/** A plan that finds nothing, with what is given put over it. */
export const plan = (rest: object = {}) => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  planned_values: { root_module: {} },
  configuration: {},
  errored: false,
  complete: true,
  applyable: false,
  ...rest,
});

/** What a provider tells of a client. */
export const client = (name: string, rest: object = {}) => ({
  id: '7',
  name,
  description: '',
  scopes: ['Data', 'user'],
  client_id: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  client_secret: 'fake-secret-of-a-client',
  ...rest,
});

/** An entry of `resource_drift`. */
export const drift = (address: string, actions: string[], before: unknown, after: unknown = null) => ({
  address,
  mode: 'managed',
  type: 'domo_api_client',
  change: { actions, before, after },
});

/** A diagnostic with the severity `error`. */
export const failure = (summary: string, detail: string, rest: object = {}) => ({
  diagnostic: { severity: 'error', summary, detail, ...rest },
});

/** An output as `planned_values` has it, for clients of people who left. */
export const ownerInactive = (value: unknown) => ({
  planned_values: {
    root_module: {},
    outputs: { inactive_owner_api_clients: { sensitive: false, value } },
  },
});

/** The same for clients that nobody manages. */
export const unmanaged = (value: unknown) => ({
  planned_values: { root_module: {}, outputs: { unmanaged_api_clients: { sensitive: false, value } } },
});

/** A `check` block that failed: its entry among the checks of a plan. */
export const failedCheck = (name: string, ...messages: string[]) => ({
  address: { kind: 'check', to_display: `check.${name}` },
  status: 'fail',
  instances: [
    {
      address: { to_display: `check.${name}` },
      status: 'fail',
      problems: messages.map((message) => ({ message })),
    },
  ],
});
