import {
  type Diagnostic,
  errorDiagnostic,
  Failure,
  isUnknown,
  type Path,
  type Unknown,
  unknown,
} from '../../framework';
import { addressLabel, instanceName, unfitAddress } from './addresses';
import { type Environment, type Name, reader, type Source } from './arguments';
import { isEntryName, nameForm, variableSuffix } from './names';
import {
  attributes,
  type Configuration,
  type EntryConfiguration,
  type NameArgument,
  withVariable,
} from './schema';
import { combined, type Resolved, type Shared } from './settings';
import { ambiguities, contradictions, missingSignIn, readSignIn } from './sign-in';

/** An entry of `instances`. Unknown while Terraform knows nothing of it but its name. */
export interface Entry {
  readonly key: string;
  readonly values: EntryConfiguration | Unknown;
}

/** The entries of a configuration; unknown while Terraform does not know which there are. */
export function entriesOf({ instances }: Configuration): readonly Entry[] | Unknown {
  if (isUnknown(instances)) return instances;
  return Object.entries(instances ?? {}).map(([key, values]) => ({ key, values }));
}

const pathOf = (key: string): Path => [{ attribute: 'instances' }, { key }];
const nameOf = (key: string) => JSON.stringify(key);

/** Its credentials have variables of their own, and nothing else has any: those of the default are never for an entry. */
function sourceOf({ key, values }: { readonly key: string; readonly values: EntryConfiguration }): Source {
  return {
    values,
    variables: (name) =>
      credentials.includes(name)
        ? attributes[name].environment.map((variable) => `${variable}_${variableSuffix(key)}`)
        : [],
    path: (name) => [...pathOf(key), { attribute: name }],
    place: 'its entry of instances',
    needs: `The instance ${nameOf(key)} needs`,
  };
}

const credentials: readonly Name[] = ['access_token', 'username', 'password'];

const unknownEntry: EntryConfiguration = {
  access_token: unknown,
  username: null,
  password: null,
  base_url: unknown,
  api_url: unknown,
};

/** Names the arguments of an entry, and those that apply to all instances. */
export function argumentOf({ key }: Entry): NameArgument {
  return (name) => {
    // What the entry is called is its instance.
    if (name === 'instance') return `the name ${nameOf(key)} in instances`;
    if (!(name in unknownEntry)) return withVariable(name);
    const [variable] = attributes[name].environment;
    const own = credentials.includes(name as Name) ? ` (${variable}_${variableSuffix(key)})` : '';
    return `instances[${nameOf(key)}].${name}${own}`;
  };
}

/** An entry combined with the environment. Throws a {@link Failure} that lists everything malformed or contradictory. */
export function resolveEntry(
  entry: Entry,
  block: Configuration,
  shared: Shared,
  environment: Environment,
): Resolved {
  const { key } = entry;
  const values = isUnknown(entry.values) ? unknownEntry : entry.values;
  const source = sourceOf({ key, values });
  const problems: Diagnostic[] = [...contradictions(values, source)];
  const read = reader(source, environment, (_, problem) => problems.push(problem));
  const baseUrl = read('base_url');
  const signIn = readSignIn(values, read);
  // What a gateway's clients sign in with must not be sent past it.
  const apiUrl = read('api_url') ?? (baseUrl === undefined ? apiUrlOf(block) : undefined);
  problems.push(...ambiguities(signIn, source));
  if (problems.length > 0) throw new Failure(problems);
  const instance = baseUrl === undefined ? instanceName(key) : undefined;
  const one = { instance, base_url: baseUrl, api_url: apiUrl, ...signIn };
  return combined(one, missingSignIn(signIn, source), shared, key);
}

/** The argument alone: its variable is for the default. */
const apiUrlOf = ({ api_url: configured }: Configuration) =>
  isUnknown(configured) ? configured : (configured?.trim() ?? undefined);

/** The forms of all names under which an instance is found: that of its entry, and that of its address. */
export function formsOf(key: string | undefined, address: string | Unknown | undefined): readonly string[] {
  const texts = [key, typeof address === 'string' ? addressLabel(address) : undefined];
  return [...new Set(texts.flatMap((text) => (text === undefined ? [] : nameForm(text))))];
}

/** The same for an entry, without anything but its name and address being looked at. */
export function formsOfEntry({ key, values }: Entry): readonly string[] {
  return formsOf(key, isUnknown(values) ? values : addressIn(values));
}

/** Whether more names of an entry may turn up later. */
export const isUndecided = ({ values }: Entry) => isUnknown(values) || isUnknown(values.base_url);

function addressIn({ base_url: baseUrl }: EntryConfiguration): string | Unknown | undefined {
  if (baseUrl === null || isUnknown(baseUrl)) return baseUrl ?? undefined;
  return unfitAddress(baseUrl.trim()) === undefined ? baseUrl.trim() : undefined;
}

/** What is wrong with the entries: with one of them, or between two of them or one and the default. */
export function entryProblems(
  entries: readonly Entry[],
  first: { readonly name: string; readonly forms: readonly string[] } | undefined,
): readonly Diagnostic[] {
  const byForm = new Map<string, string>();
  const bySuffix = new Map<string, string>();
  for (const form of first?.forms ?? [])
    byForm.set(form, `the default instance ${nameOf(first?.name ?? '')}`);
  return entries.flatMap((entry) => {
    const { key, values } = entry;
    const at = pathOf(key);
    if (!isName(entry)) return [noName(key, at)];
    const found: Diagnostic[] = isUnknown(values)
      ? []
      : [...contradictions(values, sourceOf({ key, values }))];
    const suffix = variableSuffix(key);
    const [sameForm] = formsOfEntry(entry).flatMap((form) => byForm.get(form) ?? []);
    const sameSuffix = bySuffix.get(suffix);
    if (sameForm !== undefined) {
      found.push(
        errorDiagnostic(
          'Two instances have the same name or address',
          `${nameOf(key)} in instances cannot be told from ${sameForm}: they have the same name or address. Remove one of them, or rename it. The default comes from instance (DOMO_INSTANCE) and base_url (DOMO_BASE_URL), and needs no entry.`,
          at,
        ),
      );
    } else if (sameSuffix !== undefined) {
      found.push(
        errorDiagnostic(
          'Two instances share their environment variables',
          `${nameOf(sameSuffix)} and ${nameOf(key)} in instances would both get their credentials from variables that end with _${suffix}. Rename one of them.`,
          at,
        ),
      );
    }
    for (const form of formsOfEntry(entry)) byForm.set(form, nameOf(key));
    bySuffix.set(suffix, key);
    return found;
  });
}

const isName = ({ key, values }: Entry) =>
  instanceName(key) !== undefined || (isEntryName(key) && (isUnknown(values) || values.base_url !== null));

function noName(key: string, at: Path): Diagnostic {
  return errorDiagnostic(
    'Invalid name in instances',
    `${nameOf(key)} is not the name of a Domo instance, such as "acme". An entry with a base_url can have any name of letters, digits, "-", "_", "." and ":".`,
    at,
  );
}
