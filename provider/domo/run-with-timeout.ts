import { Failure, failure } from '../framework';
import { DomoError, type Kind, messageOf } from './api/transport/errors';

const summaries: Readonly<Record<Kind, string>> = {
  'not-sent': 'The request has not reached Domo',
  'no-answer': 'Domo has not answered',
  refused: 'Domo has refused the request',
  unreadable: "Domo's answer cannot be understood",
  credentials: 'Domo does not accept the credentials',
  aborted: 'Given up',
};

/**
 * Anything thrown while working on a client, as an error for the person: what was being done, what came of it,
 * and (`consequence`) how things stand now.
 */
export function explain(thrown: unknown, doing: string, consequence: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const summary = thrown instanceof DomoError ? summaries[thrown.kind] : 'Given up';
  return failure(summary, `${doing}:\n${messageOf(thrown)}\n\n${consequence}`);
}
