// Reads the facts out of a plan, as facts.jq does, for machines without jq.
// node facts.js CODE PLAN EVENTS STDERR: how the plan ended, what "show -json" tells of it, what "plan -json"
// printed, and what it wrote to stderr.

const { readFileSync } = require('node:fs');

const [code, planFile, eventsFile, stderrFile] = process.argv.slice(2);
const text = (file) => readFileSync(file, 'utf8');
const planText = text(planFile);
const plan = planText.trim() === '' ? undefined : JSON.parse(planText);
const events = text(eventsFile)
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const stderr = text(stderrFile);

const words = (scopes) => [...new Set((scopes ?? []).map((scope) => scope.toLowerCase()))].sort().join(', ');

/** Every object within a value, the value included. */
function* objectsIn(value) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

function secrets() {
  const { DOMO_ACCESS_TOKEN, DOMO_DEVELOPER_TOKEN, DOMO_PASSWORD } = process.env;
  const held = [...objectsIn(plan)].flatMap((each) => [each.client_secret, each.client_id]);
  const all = [...held, DOMO_ACCESS_TOKEN, DOMO_DEVELOPER_TOKEN, DOMO_PASSWORD];
  return new Set(all.filter((each) => typeof each === 'string' && each.length > 3));
}

const uuid = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const hidden = (message, all) =>
  [...all]
    .sort()
    .reduce((shown, secret) => shown.split(secret).join('(hidden)'), message)
    .replace(uuid, '$1…');

/** The clients that any domo_api_clients of the plan has seen. */
const seen = [...objectsIn([plan?.prior_state, plan?.planned_values])]
  .filter(({ mode, type }) => mode === 'data' && type === 'domo_api_clients')
  .flatMap(({ values }) => values?.clients ?? []);

const diagnostics = events.flatMap(({ diagnostic }) => diagnostic ?? []);

const condition =
  /^(Resource (pre|post)condition|Module output value precondition|Check block assertion) failed$/;
const isCondition = ({ summary = '' }) => condition.test(summary);

/** Terraform shows a read that failed within a check as a warning of the data source, and the check as failed. */
const isFailedRead = ({ severity, address, snippet }) =>
  severity === 'warning' &&
  /(^|\.)data\./.test(address ?? '') &&
  (snippet?.context ?? '').startsWith('check ');

const isDomo = ({ type, mode }) => type === 'domo_api_client' && mode === 'managed';
const isQuiet = ({ change, actions = change.actions }) => /^(no-op|read)$/.test(actions.join());

const drifted = (plan?.resource_drift ?? []).filter((each) => !isQuiet(each));
const changes = plan?.resource_changes ?? [];

/** What a person would call a change: computed values that a refresh fills in are none. */
function changedNames({ before, after }) {
  const names = ['name', 'description'].filter((name) => (before?.[name] ?? '') !== (after?.[name] ?? ''));
  return words(before?.scopes) === words(after?.scopes) ? names : [...names, 'scopes'];
}

/** The client that holds the name now: as a data source shows it, else as the provider's warning names it. */
function holderOf(address, { name, id }) {
  const shown = seen.find((each) => each.name === name && each.id !== id);
  if (shown) return { id: shown.id, scopes: words(shown.scopes) };
  const [told] = diagnostics.filter(
    (each) => each.address === address && each.summary === 'The name of a planned API client is taken',
  );
  return /\(id (?<id>[0-9]+)\).* with the scopes (?<scopes>[^.]*)\. If /s.exec(told?.detail ?? '')?.groups;
}

function driftOfClient({ address, change }) {
  const { before, after, actions } = change;
  const known = [address, before?.name, before?.id];
  const scopes = words(before?.scopes);
  if (actions.join() === 'delete') {
    const holder = holderOf(address, before);
    if (holder) return [['recreated', ...known, holder.id, scopes, holder.scopes]];
    return [['revoked', ...known, '', scopes]];
  }
  const names = changedNames(change);
  if (names.length === 0) return [];
  return [['changed', ...known, '', scopes, words(after?.scopes), '', names.join(', ')]];
}

const unmanaged = plan?.planned_values?.outputs?.unmanaged_api_clients?.value;

const checks = (plan?.checks ?? [])
  .filter(({ address }) => address.kind !== 'var')
  .flatMap(({ address, status, instances = [] }) =>
    (instances.length === 0 ? [{ address, status }] : instances).map((each) => ({
      address: each.address.to_display ?? address.to_display,
      status: each.status,
      messages: (each.problems ?? []).map(({ message }) => message),
    })),
  );

const unread = new Set(
  diagnostics
    .filter(isFailedRead)
    .map(({ snippet }) => `check.${/^check "(.*)"/.exec(snippet.context)?.[1]}`),
);
const checksThat = (status) => checks.filter((each) => each.status === status && !unread.has(each.address));

const withMessage = (kind, address, message) => [kind, address, '', '', '', '', '', '', message];
const withAction = (kind, address, action) => [kind, address, '', '', '', '', '', action];

function facts() {
  const moving = new Set(drifted.map(({ address }) => address));
  const told = new Set(checks.flatMap(({ messages }) => messages));
  const isError = (each) => (each.severity === 'error' && !isCondition(each)) || isFailedRead(each);
  return [
    ...diagnostics
      .filter(isError)
      .map(({ address, summary, detail }) => withMessage('error', address, `${summary}: ${detail ?? ''}`)),
    ...checksThat('error').map(({ address, messages }) =>
      withMessage('error', address, `The check could not be evaluated. ${messages.join('\n')}`),
    ),
    ...drifted.filter(isDomo).flatMap(driftOfClient),
    ...(Array.isArray(unmanaged) ? unmanaged : []).map(({ name, id, scopes, owner_id }) => [
      'unmanaged',
      '',
      name,
      id,
      '',
      words(scopes),
      '',
      '',
      `Owner: user ${owner_id ?? 'unknown'}.`,
    ]),
    ...drifted
      .filter((each) => !isDomo(each))
      .map(({ address, change }) => withAction('other', address, change.actions.join(' and '))),
    ...checksThat('fail').map(({ address, messages }) => withMessage('check', address, messages.join('\n'))),
    ...diagnostics
      .filter((each) => isCondition(each) && !told.has(each.detail))
      .map(({ address, snippet, detail }) => withMessage('check', address ?? snippet?.context, detail)),
    ...changes
      .filter((each) => !isQuiet(each) && !moving.has(each.address))
      .map(({ address, change }) => withAction('pending', address, change.actions.join(' and '))),
    ...changes
      .filter(({ change }) => change.importing && change.actions.join() === 'no-op')
      .map(({ address }) => withAction('pending', address, 'import')),
    ...changes
      .filter(({ previous_address }) => previous_address)
      .map(({ address, previous_address }) => withMessage('moved', address, `It was ${previous_address}.`)),
    ...changes
      .filter(
        ({ change, action_reason }) =>
          change.actions.join() === 'read' && action_reason !== 'read_because_check_nested',
      )
      .map(({ address }) => ['read', address]),
    ...Object.entries(plan?.output_changes ?? {})
      .filter(([, change]) => !isQuiet(change))
      .map(([name]) => ['output', name]),
    ...checksThat('unknown').map(({ address }) => ['not-evaluated', address]),
  ];
}

/** A plan that has failed has said why; where it has not, nothing can be told. */
function complete(all) {
  if (all.some(([kind]) => kind === 'error' || kind === 'check')) return all;
  if (plan === undefined) return [...all, withMessage('error', '', `There is no plan. ${stderr}`)];
  if (code === '0' || code === '2') return all;
  return [...all, withMessage('error', '', `The plan has failed. ${stderr}`)];
}

const escapes = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function cell(value) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach a report
  const printable = String(value ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '?');
  return printable.replace(/[\\\t\n\r]/g, (character) => escapes[character]);
}

const all = secrets();
for (const fact of complete(facts())) {
  const columns = Array.from({ length: 9 }, (_, index) => String(fact[index] ?? ''));
  columns[8] = hidden(columns[8], all);
  process.stdout.write(`${columns.map(cell).join('\t')}\n`);
}
