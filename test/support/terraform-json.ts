/** An object in the state; only what tests look at. Values are as in Terraform's JSON: sets are arrays. */
export type ResourceState = {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  name: string;
  values: Record<string, unknown>;
  tainted?: boolean;
  /** Set on an object that create_before_destroy has put aside; the address is that of its successor. */
  deposed_key?: string;
};

/** One entry of a plan's `resource_changes` or `resource_drift`. */
export type ResourceChange = {
  address: string;
  previous_address?: string;
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

/** A state file of version 4, as far as tests look at it. */
type StateFile = {
  resources: {
    module?: string;
    mode: 'managed' | 'data';
    type: string;
    name: string;
    instances: {
      index_key?: string | number;
      status?: 'tainted';
      deposed?: string;
      attributes: Record<string, unknown>;
    }[];
  }[];
};

/** Reads the text of a state file, which no engine has to be started for; undefined is one that is not there. */
export function stateOf(file: string | undefined): State {
  const resources = file === undefined ? [] : (JSON.parse(file) as StateFile).resources.flatMap(objectsOf);
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

function objectsOf({ module, mode, type, name, instances }: StateFile['resources'][number]): ResourceState[] {
  const start = [module, mode === 'data' && 'data', type, name].filter(Boolean).join('.');
  return instances.map(({ index_key: key, status, deposed, attributes }) => ({
    address: key === undefined ? start : `${start}[${JSON.stringify(key)}]`,
    mode,
    type,
    name,
    values: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, plain(value)])),
    ...(status === 'tainted' && { tainted: true }),
    ...(deposed !== undefined && { deposed_key: deposed }),
  }));
}

/** The file has the type of a value beside it if the schema does not say it. */
function plain(value: unknown): unknown {
  const isTyped =
    typeof value === 'object' && value !== null && Object.keys(value).sort().join() === 'type,value';
  return isTyped ? (value as { value: unknown }).value : value;
}
