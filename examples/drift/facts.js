// Reads the facts out of a plan, as facts.jq does, for machines without jq.
// node facts.js CODE PARTIAL PLAN EVENTS STDERR: how the plan ended, the options that made it look at a part, what
// "show -json" tells of it, what "plan -json" printed, and what it wrote to stderr.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { byCharacter, fits, isObject, misfits, objectsIn, shapes } = require(join(__dirname, 'shapes.js'));
const { cell, hidden, secretsOf } = require(join(__dirname, 'cells.js'));

const [code, partial, ...files] = process.argv.slice(2);
const [plan, events, stderr] = files.map((file) => readFileSync(file, 'utf8'));

function depth(value) {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((most, inner) => Math.max(most, depth(inner)), 0);
}

/** Null for what is no JSON object. Also for one so deep, or with such text, that not every jq reads it. */
function parsed(text) {
  if (!text.startsWith('{')) return null;
  try {
    const value = JSON.parse(text, (_, each) => {
      if (typeof each === 'string' && !each.isWellFormed()) throw new SyntaxError('half a character');
      return each;
    });
    return depth(value) > 200 ? null : value;
  } catch {
    return null;
  }
}

const isAction = ({ change, actions = change.actions }, action) =>
  actions.length === 1 && actions[0] === action;
const isQuiet = (each) => isAction(each, 'no-op') || isAction(each, 'read');
const isClient = (each) =>
  each.type === 'domo_api_client' &&
  each.mode === 'managed' &&
  (isAction(each, 'delete') || isAction(each, 'update'));

/** The first thing in the plan that is not understood, or undefined. */
function misfitOf(document) {
  if (document === null) return 'it is not a JSON object';
  for (const at of misfits(document, shapes.plan, '')) return `see ${at.slice(1)}`;
  const { format_version, resource_drift } = document;
  if (!format_version.startsWith('1.')) return `its format version is ${format_version}`;
  for (const [index, each] of (resource_drift ?? []).entries()) {
    if (!isClient(each)) continue;
    for (const side of isAction(each, 'update') ? ['before', 'after'] : ['before']) {
      const at = `resource_drift[${index}].change.${side}`;
      for (const inner of misfits(each.change[side] ?? null, shapes.client, at)) return `see ${inner}`;
    }
  }
  return undefined;
}

const document = parsed(plan);
const misfit = misfitOf(document);
const known = misfit === undefined ? document : {};
const lines = events
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map(parsed)
  .map((event) => (fits(event, shapes.event) ? event : null));
const diagnostics = lines.flatMap((event) => event?.diagnostic ?? []);

const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const words = (scopes) => [...new Set((scopes ?? []).map(lower))].sort(byCharacter).join(', ');

const conditions = [
  'Resource precondition failed',
  'Resource postcondition failed',
  'Module output value precondition failed',
  'Check block assertion failed',
];
const isCondition = ({ summary }) => conditions.includes(summary);

/** Terraform shows a read that failed within a check as a warning of the data source, and the check as failed. */
const isFailedRead = ({ severity, address, snippet }) =>
  severity === 'warning' &&
  (address?.startsWith('data.') || address?.includes('.data.')) &&
  snippet?.context?.startsWith('check "');

/** A refresh leaves a client alone whose instance the provider is not configured for, and -refresh-only ends well. */
const isUnreadClient = ({ severity, summary }) =>
  severity === 'warning' && summary === 'An API client was not refreshed';

/** The clients that any domo_api_clients of the plan has seen, with their instance. */
const seen = [...objectsIn([known.prior_state, known.planned_values])]
  .filter(({ mode, type, values }) => mode === 'data' && type === 'domo_api_clients' && isObject(values))
  .flatMap(({ values }) =>
    (Array.isArray(values.clients) ? values.clients : [])
      .filter((each) => fits(each, shapes.client))
      .map((each) => ({ ...each, instance: values.instance ?? null })),
  );

/** Ids and names mean something else on another instance. What does not say where it is may be anywhere. */
const isSameInstance = (one, other) => (one ?? null) === null || (other ?? null) === null || one === other;

/**
 * The client that holds the name now: as a data source shows it, else as the provider's warning names it. That is read
 * from behind: the name comes first, and may say anything.
 */
function holderOf(address, { name, id, instance }) {
  const shown = seen
    .filter((each) => each.name === name && each.id !== id && isSameInstance(each.instance, instance))
    .map((each) => ({ id: each.id, scopes: words(each.scopes) }))
    .sort((one, other) => byCharacter(one.id, other.id) || byCharacter(one.scopes, other.scopes));
  const told = diagnostics
    .filter((each) => each.address === address)
    .filter(({ summary }) => summary === 'The name of a planned API client is taken')
    .map(({ detail }) => (detail ?? '').split(' with the scopes '))
    .filter((parts) => parts.length > 1)
    .map((parts) => ({
      id: parts.slice(0, -1).join('').split('(id ').at(-1).split(')')[0],
      scopes: parts.at(-1).split('. If ')[0],
    }));
  return [...shown, ...told][0];
}

function driftOfClient({ address, change, change: { before, after } }) {
  const { name, id, instance } = before;
  const client = [address, name, id];
  const scopes = words(before.scopes);
  if (change.actions[0] === 'delete') {
    const holder = holderOf(address, before);
    if (holder) return [['recreated', ...client, holder.id, scopes, holder.scopes, '', '', instance]];
    return [['revoked', ...client, '', scopes, '', '', '', instance]];
  }
  // Computed values that a refresh fills in are no change.
  const names = ['name', 'description'].filter((name) => (before[name] ?? '') !== (after[name] ?? ''));
  if (scopes !== words(after.scopes)) names.push('scopes');
  if (names.length === 0) return [];
  return [['changed', ...client, '', scopes, words(after.scopes), '', names.join(', '), instance]];
}

const withMessage = (kind, address, message) => [kind, address, '', '', '', '', '', '', message];
const withActions = (kind, { address, change }) => [
  kind,
  address,
  '',
  '',
  '',
  '',
  '',
  change.actions.join(' and '),
];

/** What is planned: the next step of a rotation, or configuration that was not applied yet. */
function planned(each) {
  const name = generation(each);
  return name === undefined
    ? withActions('pending', each)
    : ['rotation', each.address, name, '', '', '', '', each.change.actions.join(' and ')];
}

/** The name of the generation that a planned creation or revocation is about: its key is the end of the name, too. */
function generation({ type, mode, address, change }) {
  const isCreated = isAction({ change }, 'create');
  if (type !== 'domo_api_client' || mode !== 'managed') return undefined;
  if (!isCreated && !isAction({ change }, 'delete')) return undefined;
  const [, key] = /(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?)"\]$/.exec(address) ?? [];
  const client = isCreated ? change.after : change.before;
  const name = isObject(client) ? client.name : undefined;
  return key !== undefined && typeof name === 'string' && name.endsWith(key) ? name : undefined;
}

/** The clients, or names of clients, that the output of this name lists, a line for each. */
function listed(name, example, line) {
  const address = `output.${name}`;
  const output = known.planned_values?.outputs?.[name];
  if (!output) return [];
  if (!('value' in output)) return [['not-evaluated', address]];
  const value = output.value ?? [];
  const all = Array.isArray(value)
    ? value.map((each) => (typeof each === 'string' ? { name: each } : each))
    : value;
  if (fits(all, [shapes.listed])) return all.map(line);
  return [withMessage('error', address, `It is not a list of API clients: see ${example}.`)];
}

const withOwner = (kind, { name, id, scopes, owner_id, instance }, more = '') => [
  kind,
  '',
  name,
  id,
  '',
  words(scopes),
  '',
  '',
  `Owner: user ${owner_id ?? 'unknown'}${more}.`,
  instance,
];

const unmanaged = () =>
  listed('unmanaged_api_clients', 'examples/unmanaged', (client) => withOwner('unmanaged', client));

const ownerInactive = () =>
  listed('inactive_owner_api_clients', 'examples/owners', (client) => {
    const at = client.owner?.last_activity ?? '';
    return withOwner('owner-inactive', client, at === '' ? '' : `, last active ${at}`);
  });

const checks = (known.checks ?? [])
  .filter(({ address }) => address.kind !== 'var')
  .flatMap((check) =>
    ((check.instances ?? []).length === 0 ? [check] : check.instances).map(
      ({ address, status, problems }) => ({
        address: address.to_display ?? check.address.to_display,
        status,
        messages: (problems ?? []).map(({ message }) => message),
      }),
    ),
  );

function facts() {
  const told = new Set(checks.flatMap(({ messages }) => messages));
  const unread = new Set(
    diagnostics.filter(isFailedRead).map(({ snippet }) => `check.${snippet.context.split('"')[1]}`),
  );
  const readable = checks.filter(({ address }) => !unread.has(address));
  const drifted = (known.resource_drift ?? []).filter((each) => !isQuiet(each));
  const moving = new Set(drifted.map(({ address }) => address));
  const changes = known.resource_changes ?? [];
  const outputs = Object.entries(known.output_changes ?? {});
  return [
    ...diagnostics
      .filter(
        (each) =>
          (each.severity !== 'warning' && !isCondition(each)) || isFailedRead(each) || isUnreadClient(each),
      )
      .map(({ address, summary, detail }) => withMessage('error', address, `${summary}: ${detail ?? ''}`)),
    ...readable
      .filter(({ status }) => !['pass', 'fail', 'unknown'].includes(status))
      .map(({ address, messages }) =>
        withMessage('error', address, `The check could not be evaluated. ${messages.join('\n')}`),
      ),
    ...drifted.filter(isClient).flatMap(driftOfClient),
    ...unmanaged(),
    ...ownerInactive(),
    ...drifted.filter((each) => !isClient(each)).map((each) => withActions('other', each)),
    ...readable
      .filter(({ status }) => status === 'fail')
      .map(({ address, messages }) => withMessage('check', address, messages.join('\n'))),
    ...diagnostics
      .filter((each) => isCondition(each) && !told.has(each.detail))
      .map(({ address, snippet, detail }) => withMessage('check', address ?? snippet?.context, detail)),
    ...changes.filter((each) => !isQuiet(each) && !moving.has(each.address)).map(planned),
    ...changes
      .filter((each) => (each.change.importing ?? null) !== null && isAction(each, 'no-op'))
      .map(({ address }) => ['pending', address, '', '', '', '', '', 'import']),
    ...changes
      .filter(({ previous_address }) => (previous_address ?? null) !== null)
      .map(({ address, previous_address }) => withMessage('moved', address, `It was ${previous_address}.`)),
    ...changes
      .filter((each) => isAction(each, 'read') && each.action_reason !== 'read_because_check_nested')
      .map(({ address }) => ['read', address]),
    ...outputs
      .filter(([, change]) => !isQuiet(change))
      .sort(([one], [other]) => byCharacter(one, other))
      .map(([name]) => ['output', name]),
    ...readable.filter(({ status }) => status === 'unknown').map(({ address }) => ['not-evaluated', address]),
  ];
}

/**
 * Why nothing can be told, where no error says it. "No drift" takes a plan that is whole and has ended well; only a
 * condition that failed may have stopped it, which is a finding.
 */
function doubt() {
  const stopped = diagnostics.some((each) => isCondition(each) && each.severity === 'error');
  if (plan === '') return `There is no plan. ${stderr}`;
  if (misfit) return `The description of the plan is not understood: ${misfit}. Is it 1.5 or newer?`;
  if (lines.includes(null)) return 'The output of the plan is not understood.';
  if (code !== '0' && !(code === '1' && stopped)) return `The plan failed. ${stderr}`;
  if (known.errored && !stopped) return 'The plan failed.';
  if (known.complete === false && partial === '' && !stopped) {
    return 'The plan is incomplete: Terraform has deferred part of it.';
  }
  return undefined;
}

const all = facts();
const why = all.some(([kind]) => kind === 'error') ? undefined : doubt();
if (why !== undefined) all.push(withMessage('error', '', why));
if (partial !== '') all.push(withMessage('partial', '', partial));
const secrets = secretsOf(document);
for (const fact of all) {
  const columns = Array.from({ length: (fact[9] ?? '') === '' ? 9 : 10 }, (_, index) =>
    String(fact[index] ?? ''),
  );
  columns[8] = hidden(columns[8], secrets);
  process.stdout.write(`${columns.map(cell).join('\t')}\n`);
}
process.stdout.write('end\n');
