import { type Diagnostic, errorDiagnostic, formatPath, isUnknown, type Unknown } from '../../framework';
import { type Given, missing, type Read, type Source } from './arguments';

/** The arguments to sign in with. */
export interface SignIn {
  readonly access_token?: Given<string>;
  readonly username?: Given<string>;
  readonly password?: Given<string>;
}

/** The same in a configuration. */
export interface ConfiguredSignIn {
  readonly access_token: string | Unknown | null;
  readonly username: string | Unknown | null;
  readonly password: string | Unknown | null;
}

const userOf = ({ variables }: Source) => `${variables('username')[0]}, ${variables('password')[0]}`;

/** An error if the configuration has both ways of signing in. Unknown values do not count: they may become null. */
export function contradictions(
  { access_token, username, password }: ConfiguredSignIn,
  source: Source,
): readonly Diagnostic[] {
  const isSet = (value: string | Unknown | null) => value !== null && !isUnknown(value);
  if (!isSet(access_token) || !(isSet(username) || isSet(password))) return [];
  const path = source.path('access_token');
  return [
    errorDiagnostic(
      'Two sign-in methods are set',
      `Set either ${formatPath(path)} (${source.variables('access_token')[0]}), or username and password (${userOf(source)}), not both.`,
      path,
    ),
  ];
}

/** If the configuration has part of one way of signing in, the other way is not taken from the environment. */
export function readSignIn(config: ConfiguredSignIn, read: Read): SignIn {
  const asUser = () => ({ username: read('username'), password: read('password') });
  if (config.access_token !== null) return { access_token: read('access_token') };
  if (config.username !== null || config.password !== null) return asUser();
  const both = { access_token: read('access_token'), ...asUser() };
  if (both.access_token === undefined) return { username: both.username, password: both.password };
  return both.username !== undefined && both.password !== undefined
    ? both
    : { access_token: both.access_token };
}

/** An error if the environment offers two ways of signing in. */
export function ambiguities({ access_token, username }: SignIn, source: Source): readonly Diagnostic[] {
  if (access_token === undefined || username === undefined) return [];
  const tokens = source.variables('access_token').join(' or ');
  return [
    errorDiagnostic(
      'Two sign-in methods are set',
      `The environment has both an access token (${tokens}) and a user (${userOf(source)}). Unset one of them, or set the one to use in ${source.place}.`,
    ),
  ];
}

/** What is missing to sign in. */
export function missingSignIn(
  { access_token, username, password }: SignIn,
  source: Source,
): readonly Diagnostic[] {
  if (access_token !== undefined) return [];
  if (username === undefined && password === undefined) {
    const [token, user, secret] = (['access_token', 'username', 'password'] as const).map(
      (name) => source.variables(name)[0],
    );
    return [
      missing(
        source,
        'access_token',
        'an access token of the instance (or set username and password)',
        `${token} or ${user} with ${secret}`,
      ),
    ];
  }
  if (username === undefined) return [missing(source, 'username', 'the user that the password belongs to')];
  if (password === undefined) return [missing(source, 'password', "the user's password")];
  return [];
}
