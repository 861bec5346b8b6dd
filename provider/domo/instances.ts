import {
  attributePath,
  errorDiagnostic,
  Failure,
  isUnknown,
  type Log,
  root,
  type Unknown,
  unknown,
} from '../framework';
import { loadTransport } from './api/transport/http';
import { connect, type Domo, type Runtime } from './connection';
import { notConfiguredYet } from './not-configured';
import { readCertificates } from './provider-block/certificates';
import {
  argumentOf,
  type Entry,
  entriesOf,
  entryProblems,
  formsOf,
  formsOfEntry,
  isUndecided,
  resolveEntry,
} from './provider-block/entries';
import { nameForm } from './provider-block/names';
import { proxyPasswords } from './provider-block/proxies';
import { type Configuration, withVariable } from './provider-block/schema';
import { type Resolved, resolve } from './provider-block/settings';

/** A configured provider: the instances that it is configured for, each connected to when it is first used. */
export interface Instances {
  readonly additionalScopes: readonly string[] | undefined;
  /** Whether there is a default, known or not, or nothing else either: then `at(null)` does not throw. */
  readonly hasDefault: boolean;
  /**
   * The instance of this name, address or label; the default for null. Throws a {@link Failure} at the attribute
   * `instance` if it is not configured, or not known yet.
   */
  at(text: string | null): Domo;
  /** The same without an error: undefined if it is not configured, unknown if that cannot be told yet. */
  find(text: string): Domo | Unknown | undefined;
  /** Whether a text for which `find` returns unknown can mean the default alone. */
  readonly isOnlyDefaultUndecided: boolean;
  /** The names of all, each in quotes, for messages. */
  names(): string;
  /** Hides this value in the log from now on. */
  hide(secret: string): void;
}

interface Options {
  readonly log: Log;
  readonly userAgent: string;
  readonly mayApply: boolean;
}

/** Throws a {@link Failure} that lists everything malformed or contradictory. */
export function openInstances(
  config: Configuration,
  environment: NodeJS.ProcessEnv,
  { log, userAgent, mayApply }: Options,
): Instances {
  const block = resolve(config, environment);
  const { shared } = block;
  const runtime: Runtime = {
    log,
    userAgent,
    mayApply,
    trusted: trustedBy(block),
    said: new Set(),
  };
  for (const secret of proxyPasswords(environment)) log.hide(secret);

  const firstForms = formsOf(typeof block.label === 'string' ? block.label : undefined, block.address);
  const first = connect(
    { resolved: block, isDefault: true, argument: withVariable, isCalled: (text) => find(text) === first },
    runtime,
  );
  const listed = entriesOf(config);
  const entries = isUnknown(listed) ? [] : listed;
  const problems = entryProblems(
    entries,
    hasName(block) ? { name: block.label, forms: firstForms } : undefined,
  );
  if (problems.length > 0) throw new Failure(problems);
  const hasDefault = block.label !== undefined || (!isUnknown(listed) && entries.length === 0);
  // Terraform only configures a process that it is about to use, and takes a moment before it does.
  if (block.settings || entries.length > 0) setImmediate(() => void loadTransport());

  const byForm = new Map<string, Entry | typeof first>(firstForms.map((form) => [form, first]));
  for (const entry of entries) for (const form of formsOfEntry(entry)) byForm.set(form, entry);
  const connections = new Map<Entry, Domo>();

  function find(text: string): Domo | Unknown | undefined {
    const found = byForm.get(nameForm(text));
    if (found === undefined) return undecided().length > 0 ? unknown : undefined;
    return found === first ? first : connected(found as Entry);
  }

  function connected(entry: Entry): Domo {
    const known = connections.get(entry);
    if (known) return known;
    const made: Domo = connect(
      {
        resolved: resolveEntry(entry, config, shared, environment),
        isDefault: false,
        argument: argumentOf(entry),
        isCalled: (text) => find(text) === made,
      },
      runtime,
    );
    connections.set(entry, made);
    return made;
  }

  const undecidedEntries = isUnknown(listed)
    ? ['instances']
    : entries.filter(isUndecided).map((entry) => argumentOf(entry)('base_url'));

  /** What may turn out to have any name. */
  function undecided(): readonly string[] {
    const place = block.unknown.filter((name) => name === 'instance' || name === 'base_url');
    return [...place, ...undecidedEntries];
  }

  function at(text: string | null): Domo {
    if (text === null) {
      if (hasDefault) return first;
      throw isUnknown(listed) ? notKnownYet(['instances']) : notSet();
    }
    const found = find(text);
    if (isUnknown(found)) throw notKnownYet(undecided());
    if (found) return found;
    // Whatever needs it says what the provider block lacks.
    if (names() === '') return first;
    throw new Failure([
      errorDiagnostic(
        'The instance is not configured',
        `The provider has no instance "${text}". It has ${names()}. Correct the name, or add an entry to the argument instances of the provider.`,
        attributePath(root, 'instance'),
      ),
    ]);
  }

  function notSet(): Failure {
    return new Failure([
      errorDiagnostic(
        'The instance must be set',
        `The provider has no default instance. Set instance to one of ${names()}, or give the provider a default with ${withVariable('instance')}.`,
        attributePath(root, 'instance'),
      ),
    ]);
  }

  function names(): string {
    const all = [...(typeof block.label === 'string' ? [block.label] : []), ...entries.map(({ key }) => key)];
    return all.map((name) => JSON.stringify(name)).join(', ');
  }

  return {
    additionalScopes: shared.additionalScopes,
    hasDefault,
    isOnlyDefaultUndecided: undecidedEntries.length === 0,
    at,
    find,
    names,
    hide: (secret) => log.hide(secret),
  };
}

const hasName = (block: Resolved): block is Resolved & { readonly label: string } =>
  typeof block.label === 'string';

/** Read at once, if the path is known: a mistake is one of the provider, not of what uses it. */
function trustedBy({ transport }: Resolved): () => readonly string[] {
  const certificates = transport?.caCertificateFile ? readCertificates(transport.caCertificateFile) : [];
  return () => certificates;
}

const notKnownYet = (names: readonly string[]) =>
  notConfiguredYet(
    { arguments: names, so: 'it cannot be told yet which instance is meant' },
    attributePath(root, 'instance'),
  );
