import {
  attributePath,
  type Diagnostic,
  errorDiagnostic,
  isUnknown,
  root,
  type Unknown,
} from '../../framework';
import { firstVariable, type Given, missing, type Read } from './arguments';
import { attributes, type Configuration, withVariable } from './schema';

/** The arguments to sign in with. */
export interface SignIn {
  readonly access_token?: Given<string>;
  readonly username?: Given<string>;
  readonly password?: Given<string>;
}

const user = `${firstVariable('username')}, ${firstVariable('password')}`;

/** An error if the configuration has both ways of signing in. Unknown values do not count: they may become null. */
export function contradictions({ access_token, username, password }: Configuration): readonly Diagnostic[] {
  const isSet = (value: string | Unknown | null) => value !== null && !isUnknown(value);
  if (!isSet(access_token) || !(isSet(username) || isSet(password))) return [];
  return [
    errorDiagnostic(
      'Two sign-in methods are set',
      `Set either ${withVariable('access_token')}, or username and password (${user}), not both.`,
      attributePath(root, 'access_token'),
    ),
  ];
}

/** If the configuration has part of one way of signing in, the other way is not taken from the environment. */
export function readSignIn(config: Configuration, read: Read): SignIn {
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
export function ambiguities({ access_token, username }: SignIn): readonly Diagnostic[] {
  if (access_token === undefined || username === undefined) return [];
  const tokens = attributes.access_token.environment.join(' or ');
  return [
    errorDiagnostic(
      'Two sign-in methods are set',
      `The environment has both an access token (${tokens}) and a user (${user}). Unset one of them, or set the one to use in the provider block.`,
    ),
  ];
}

/** What is missing to sign in. */
export function missingSignIn({ access_token, username, password }: SignIn): readonly Diagnostic[] {
  if (access_token !== undefined) return [];
  if (username === undefined && password === undefined) {
    const variables = `${firstVariable('access_token')} or ${firstVariable('username')} with ${firstVariable('password')}`;
    return [
      missing('access_token', 'an access token of the instance (or set username and password)', variables),
    ];
  }
  if (username === undefined) return [missing('username', 'the user that the password belongs to')];
  if (password === undefined) return [missing('password', "the user's password")];
  return [];
}
