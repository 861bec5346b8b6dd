import {
  atLeastOne,
  computed,
  each,
  nonEmpty,
  optional,
  type PlanView,
  type Remembered,
  required,
  requiresReplace,
  type State,
  t,
  useStateForUnknown,
} from '../../framework';
import { sameScopes } from '../api/matching';
import { maybeShownAs, sameText } from '../api/spelling';
import { isDuration } from '../duration';
import { defaultTimeouts } from '../run-with-timeout';
import { knownScopes } from '../scopes/scopes';
import { mayHaveDomosSpelling } from './memory';

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
function isSameToDomo(earlier: string, later: string, remembered: Remembered): boolean {
  return sameText(earlier, later) || (mayHaveDomosSpelling(remembered) && maybeShownAs(later, earlier));
}

/** The attributes of `domo_api_client`: what can be configured, and what Domo adds. */
export const attributes = {
  id: computed(t.string, { description: "Domo's numeric id of the client.", nullable: true, plan: kept }),
  name: required(t.string, {
    description: 'The name; unique in the instance. It should say what the client is for.',
    validate: [nonEmpty],
    equivalent: isSameToDomo,
    plan: [requiresReplace],
  }),
  description: optional(t.string, {
    description: 'What the client is for, and whose it is.',
    default: '',
    equivalent: isSameToDomo,
    plan: [requiresReplace],
  }),
  scopes: required(t.set(t.string), {
    description: `What the client may do; only what its use needs. Known: ${knownScopes.map((scope) => `\`${scope}\``).join(', ')}. Order and letter case do not matter.`,
    validate: [atLeastOne, each(nonEmpty)],
    equivalent: sameScopes,
    plan: [requiresReplace],
  }),
  client_id: computed(t.string, {
    description: 'The OAuth client id. Null after an import where Domo shows only a part of it.',
    sensitive: true,
    nullable: true,
    plan: kept,
  }),
  masked_client_id: computed(t.string, {
    description: 'The beginning of the client id, safe to show: enough to recognise the client on the page.',
    nullable: true,
    plan: kept,
  }),
  client_secret: computed(t.string, {
    description:
      'The OAuth client secret, captured when the client is created: Domo shows it at no other time. Null after an import.',
    sensitive: true,
    nullable: true,
    plan: kept,
  }),
  owner_id: computed(t.string, {
    description: "The owner's user id. Null until a refresh has seen it.",
    nullable: true,
    plan: kept,
  }),
  instance: computed(t.string, {
    description:
      'The instance that the client lives on (its name, or host and port of `base_url` where no instance is set).',
    plan: kept,
  }),
  timeouts: optional(
    t.nested({
      create: timeout('create', 'a creation'),
      read: timeout('read', 'a refresh'),
      delete: timeout('delete', 'a revocation'),
    }),
    { description: 'How long each operation may take, waits for a rate limit included.' },
  ),
};

export type Attributes = typeof attributes;
export type ClientPlan = PlanView<Attributes>;
export type ClientState = State<Attributes>;
