import { plainNames } from '../answers';
import { shapeOf } from '../checks/entries';
import { type Finding, seconds } from '../finding';
import type { Outcome } from './creation';
import type { Marked } from './listed';
import type { Found } from './pace';
import type { Throwaway } from './throwaway';

const knownFields = ['id', 'name', 'description', 'clientId', 'clientSecret', 'scopes', 'userId', 'created'];

export function aboutCreation(outcome: Outcome, { spelling }: Throwaway): Finding {
  const check = 'creation';
  switch (outcome.kind) {
    case 'made': {
      const { status, fields, ms, clientId } = outcome;
      const names = plainNames(fields.keys());
      const unknown = names.filter((name) => !knownFields.includes(name));
      const missing = knownFields.filter((name) => !fields.has(name));
      const parts = [
        `A client with ${spelling} was created: ${status} in ${ms} ms, with ${names.join(', ')}.`,
        unknown.length > 0 ? `Not known to this release: ${unknown.join(', ')}.` : '',
        missing.length > 0 ? `Missing: ${missing.join(', ')}.` : '',
      ];
      return {
        check,
        status: unknown.length + missing.length > 0 ? 'note' : 'ok',
        says: parts.join(' ').trim(),
        facts: {
          status,
          ms,
          fields: names,
          unknown,
          missing,
          spelling,
          clientId: clientId === undefined ? null : shapeOf(clientId),
        },
      };
    }
    case 'found':
      return {
        check,
        status: 'warning',
        says: `${outcome.why} The client was found as id ${outcome.id}. Its secret is lost, so sign-in cannot be tested.`,
        facts: { foundByName: true, spelling },
      };
    case 'refused':
      return {
        check,
        status: outcome.isAboutTexts ? 'note' : 'failed',
        says: `Domo rejected a client with ${spelling}: ${outcome.says}`,
        facts: { status: outcome.status ?? null, words: outcome.words, spelling },
      };
    case 'lost':
      return {
        check,
        status: 'failed',
        says: `${outcome.why} No such client has appeared in the list.`,
        facts: { foundByName: false, spelling },
      };
  }
}

export function aboutListing(found: Found<Marked> | undefined, atMost: number): Finding {
  const check = 'listed-after';
  if (!found) {
    const says = `The list has not shown the new client within ${seconds(atMost)}.`;
    return { check, status: 'warning', says, todo: 'Please report this.', facts: { ms: null } };
  }
  const says = `The list showed the new client ${seconds(found.ms)} after its creation.`;
  return { check, status: 'ok', says, facts: { ms: Math.round(found.ms) } };
}

/** How Domo spelled the texts: they are the trial's own, so that they can be shown. */
export function aboutSpelling(shown: Marked, { spec }: Throwaway): Finding {
  const texts = [
    ['name', spec.name, shown.name],
    ['description', spec.description, shown.description],
  ] as const;
  const changed = texts.filter(([, sent, kept]) => sent !== kept);
  const quoted = changed.map(
    ([what, sent, kept]) => `the ${what} ${JSON.stringify(sent)} is shown as ${JSON.stringify(kept)}`,
  );
  return {
    check: 'spelling',
    status: changed.length === 0 ? 'ok' : 'note',
    says:
      changed.length === 0
        ? 'Domo shows name and description exactly as they were sent.'
        : `Domo spells differently: ${quoted.join('; ')}.`,
    facts: {
      sentName: spec.name,
      shownName: shown.name,
      sentDescription: spec.description,
      shownDescription: shown.description,
    },
  };
}

export function aboutSecond(outcome: Outcome): Finding {
  const check = 'same-name';
  if (outcome.kind === 'refused') {
    const words = outcome.words === '' ? '' : ` ("${outcome.words}")`;
    return {
      check,
      status: outcome.status === 400 ? 'ok' : 'note',
      says: `A second create request with the same name returned ${outcome.status}${words}.`,
      facts: { status: outcome.status ?? null, words: outcome.words },
    };
  }
  const todo = 'Please report this: the provider relies on names being unique.';
  if (outcome.kind === 'lost') {
    return { check, status: 'warning', says: `A second create request with the same name: ${outcome.why}` };
  }
  const says = 'A second client with the same name was created.';
  return { check, status: 'warning', says, todo, facts: { status: 201 } };
}
