import {
  atLeastOne,
  computed,
  each,
  nonEmpty,
  optional,
  optionalComputed,
  type PlanView,
  type ReadonlyPrivateState,
  required,
  requiresReplace,
  type State,
  type Stored,
  t,
  useStateForUnknown,
} from '../../framework';
import { sameScopes } from '../api/matching';
import { maybeShownAs, sameText } from '../api/spelling';
import { isDuration } from '../duration';
import { defaultTimeouts } from '../run-with-timeout';
import { knownScopes } from '../scopes/scopes';
import { mayHaveDomosSpelling, recallRequest } from './private-state';
import { encryptedSecret, publicKey } from './sealed-attributes';

const kept = [useStateForUnknown];

const timeout = (kind: keyof typeof defaultTimeouts, what: string) =>
  optional(t.string, {
    description: `How long ${what} may take.`,
    defaultText: `\`"${defaultTimeouts[kind]}"\``,
    validate: [isDuration],
  });

/**
 * Two spellings of one JSON value are one text. A state can have Domo's spelling, and a configuration that
 * differs from it only as Domo might respell it changes nothing.
 */
function isSameToDomo(earlier: string, later: string, stored: ReadonlyPrivateState): boolean {
  return sameText(earlier, later) || (mayHaveDomosSpelling(stored) && maybeShownAs(later, earlier));
}

function isSameDescription(earlier: string, later: string, stored: ReadonlyPrivateState): boolean {
  const { description: requested } = recallRequest(stored);
  return isSameToDomo(earlier, later, stored) || (requested !== null && sameText(requested, later));
}

function areSameScopes(
  earlier: readonly string[],
  later: readonly string[],
  stored: ReadonlyPrivateState,
): boolean {
  const { scopes: requested } = recallRequest(stored);
  return sameScopes(earlier, later) || (requested !== null && sameScopes(requested, later));
}

/** The attributes of `domo_api_client`: what can be configured, and what Domo adds. */
export const attributes = {
  id: computed(t.string, { description: "The client's numeric id in Domo.", nullable: true, plan: kept }),
  name: required(t.string, {
    description: 'The name, unique in the instance. It should say what the client is for.',
    validate: [nonEmpty],
    equivalent: isSameToDomo,
    plan: [requiresReplace],
  }),
  description: optional(t.string, {
    description: 'What the client is for, and who owns it.',
    default: '',
    equivalent: isSameDescription,
    plan: [requiresReplace],
  }),
  scopes: required(t.set(t.string), {
    description: `What the client may do: grant only what it needs. Known scopes: ${knownScopes.map((scope) => `\`${scope}\``).join(', ')}. Order and case do not matter.`,
    validate: [atLeastOne, each(nonEmpty)],
    equivalent: areSameScopes,
    plan: [requiresReplace],
  }),
  secret_public_key: publicKey,
  client_id: computed(t.string, {
    description: 'The OAuth client id. Null after an import if Domo shows only part of it.',
    sensitive: true,
    nullable: true,
    plan: kept,
  }),
  masked_client_id: computed(t.string, {
    description:
      "The beginning of the client id: safe to show, and enough to recognise the client on Domo's page.",
    nullable: true,
    plan: kept,
  }),
  client_secret: computed(t.string, {
    description:
      'The OAuth client secret. Domo shows it only when the client is created, so it is null after an import. Null with `secret_public_key`.',
    sensitive: true,
    nullable: true,
    plan: kept,
  }),
  encrypted_client_secret: encryptedSecret,
  owner_id: computed(t.string, {
    description:
      'The user id of the owner: whoever created the client. It cannot be changed. Null until a refresh shows it.',
    nullable: true,
    plan: kept,
  }),
  instance: optionalComputed(t.string, {
    description:
      "The client's instance: one of the provider's `instances`, or its default, by name or address. Without it, the client is on the default instance, and this is that instance's name, or the host and port of its `base_url` if it has none. Another instance replaces the client; another name for the same one changes nothing. Null after a move from another provider, until a refresh has found the client.",
    validate: [nonEmpty],
    plan: [useStateForUnknown, requiresReplace],
  }),
  timeouts: optional(
    t.nested({
      create: timeout('create', 'creating the client'),
      read: timeout('read', 'a refresh'),
      delete: timeout('delete', 'revoking the client'),
    }),
    { description: 'How long each operation may take, including waits for a rate limit.' },
  ),
};

export type Attributes = typeof attributes;
export type ClientPlan = PlanView<Attributes>;
export type ClientState = State<Attributes>;
/** As it is stored: a move leaves the instance to the first refresh. */
export type StoredClient = Stored<Attributes, 'instance'>;
