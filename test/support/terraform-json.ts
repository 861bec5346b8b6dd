/** A resource in `show -json`; only what tests look at. Values are as in Terraform's JSON: sets are arrays. */
export type ResourceState = {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  name: string;
  values: Record<string, unknown>;
  sensitive_values?: Record<string, unknown>;
  tainted?: boolean;
  /** Set on an object that create_before_destroy has put aside; the address is that of its successor. */
  deposed_key?: string;
};

/** One entry of a plan's `resource_changes` or `resource_drift`. */
export type ResourceChange = {
  address: string;
  type: string;
  deposed?: string;
  action_reason?: string;
  change: {
    actions: ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    after_unknown: Record<string, unknown>;
    replace_paths?: (string | number)[][];
    importing?: { id?: string; identity?: Record<string, unknown> };
  };
};

/** A plan in `show -json`; only what tests look at. Absent lists are empty ones. */
export type JsonPlan = {
  resource_changes?: ResourceChange[];
  resource_drift?: ResourceChange[];
  output_changes?: Record<string, { actions: string[]; before?: unknown; after?: unknown }>;
};

/** The state of a workspace. */
export type State = {
  /** Every object of every module, data sources and deposed objects included. */
  resources: ResourceState[];
  /** The current object at an address such as `domo_api_client.a`; undefined if there is none. */
  resource(address: string): ResourceState | undefined;
  /** The attributes of the current object at an address; throws, naming what is there, if there is none. */
  attributes(address: string): Record<string, unknown>;
};

type Module = { resources?: ResourceState[]; child_modules?: Module[] };

/** Reads what `show -json` prints of a state; without any resource it prints no values at all. */
export function stateOf(json: unknown): State {
  const { values } = json as { values?: { root_module?: Module } };
  const resources = values?.root_module ? resourcesOf(values.root_module) : [];
  const resource = (address: string) =>
    resources.find((each) => each.address === address && each.deposed_key === undefined);
  return {
    resources,
    resource,
    attributes(address) {
      const found = resource(address);
      if (found) return found.values;
      const there = resources.map((each) => each.address).join(', ');
      throw new Error(`The state has no ${address}; it has: ${there || 'nothing'}`);
    },
  };
}

function resourcesOf(module: Module): ResourceState[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}
