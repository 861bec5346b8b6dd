import { type ActionContext, Failure, failure } from '../../framework';
import type { Revocation } from '../api/revocation';
import { DomoError, type Kind } from '../api/transport/errors';
import type { Domo } from '../connection';
import { runWithTimeout } from '../run-with-timeout';
import { describeClient } from './messages';
import { type NamedClient, referenceTo } from './named-clients';

/** What became of one client. `absent`: it is not in a list that is known to be whole. */
type Outcome =
  | { readonly kind: 'revoked' | 'absent' }
  | { readonly kind: 'failed' | 'stopped'; readonly why: string };

/** Revokes clients, one after the other. If any of them may still exist, throws after all have been tried. */
export async function revokeEach(
  { client: domo, signal, progress, warn }: ActionContext<Domo>,
  named: readonly NamedClient[],
): Promise<void> {
  const by: Record<'revoked' | 'absent' | 'failed', string[]> = { revoked: [], absent: [], failed: [] };
  let left = '';
  for (const [index, client] of named.entries()) {
    const who = describeClient(client);
    const outcome = await revokeOne(domo, client, signal);
    if (outcome.kind === 'stopped') {
      left = listOf(`Not tried. ${outcome.why}`, named.slice(index).map(describeClient));
      break;
    }
    by[outcome.kind].push('why' in outcome ? outcome.why : who);
    progress(`${index + 1} of ${named.length}: ${sentence(outcome, who)}`);
  }
  if (by.absent.length > 0) {
    warn(
      'API clients to revoke are not listed',
      `Not in the list of API clients of "${domo.label()}": ${by.absent.join(', ')}. They have been revoked already, or never existed there.`,
    );
  }
  if (by.failed.length === 0 && left === '') return;
  const done = listOf(`Revoked ${by.revoked.length} of ${named.length}:`, by.revoked);
  const again = 'Invoke the action again for those that are left. It passes over what is gone.';
  const parts = [done, listOf('Failed:', by.failed), left, again];
  throw failure('Not all API clients were revoked', parts.filter((part) => part !== '').join('\n\n'));
}

async function revokeOne(domo: Domo, client: NamedClient, signal: AbortSignal): Promise<Outcome> {
  const clients = domo.clients();
  if (signal.aborted) return { kind: 'stopped', why: 'Terraform was interrupted:' };
  const listing = { kind: 'read', doing: 'Listing the API clients', consequence: '' } as const;
  let isListed: boolean;
  try {
    const latest = await runWithTimeout({ client: domo, signal }, listing, (limited) =>
      clients.upToDate(limited),
    );
    isListed = latest.byId(client.id) !== undefined;
  } catch (thrown) {
    // Without a list nothing may be revoked, and all attempts have been made to get one.
    return { kind: 'stopped', why: inOneLine(thrown) };
  }
  const doing = describeClient(client);
  const revoking = { kind: 'delete', doing, consequence: statusAfter } as const;
  try {
    return await runWithTimeout({ client: domo, signal }, revoking, async (limited) =>
      outcomeOf(await clients.revoke(referenceTo(client, isListed), limited), doing),
    );
  } catch (thrown) {
    return { kind: 'failed', why: inOneLine(thrown) };
  }
}

function outcomeOf(revocation: Revocation, who: string): Outcome {
  const failed = (why: string): Outcome => ({ kind: 'failed', why: `${who}: ${why} It was not revoked.` });
  switch (revocation.kind) {
    case 'revoked':
    case 'gone':
      return { kind: 'revoked' };
    case 'unseen':
      return { kind: 'absent' };
    case 'unproven':
      return failed(
        `It is not in the list that Domo shows to the caller (user ${revocation.caller}). That may have only the caller's own clients, so it may exist all the same.`,
      );
    case 'part':
      return failed(`It is not in Domo's list, and Domo marked the list as incomplete: ${revocation.says}.`);
    case 'alive':
      return failed("It is not in Domo's list, and that list is incomplete or out of date.");
    default:
      return failed(`In Domo, this id belongs to "${revocation.client.name}".`);
  }
}

/** Those that leave no doubt if they are about the revocation itself. */
const undone: readonly Kind[] = ['refused', 'credentials', 'not-sent', 'aborted'];

/** How things stand after a revocation that threw. */
function statusAfter(thrown: unknown): string {
  const isUndone =
    thrown instanceof DomoError &&
    thrown.endpoint.startsWith('DELETE ') &&
    undone.includes(thrown.kind) &&
    thrown.reason !== 'server-failure';
  return isUndone ? 'It was not revoked.' : 'It may have been revoked all the same.';
}

function sentence(outcome: Exclude<Outcome, { kind: 'stopped' }>, who: string): string {
  if ('why' in outcome) return outcome.why;
  return outcome.kind === 'revoked'
    ? `${who} is revoked`
    : `${who} is not in Domo's list, so there is nothing to revoke`;
}

function inOneLine(thrown: unknown): string {
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown.diagnostics.map(({ detail }) => detail.replace(/\s*\n\s*/g, ' ').trim()).join(' ');
}

const listOf = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `${title}\n${lines.map((line) => `- ${line}`).join('\n')}`;
