import { describeError } from '../../domo/advice';
import { DomoError } from '../../domo/api/transport/errors';
import { fieldsOfBody } from '../../domo/api/transport/json';
import type { Domo } from '../domo';
import type { Finding } from '../finding';

const check = 'token-endpoint';

/** Nobody's credentials: what matters is how they are refused. */
const nobody = ['terraform-provider-domo-doctor', 'nobodys-secret'] as const;

/** Whether clients can be asked by their own credentials if they are missing in a list. */
export async function checkTokenEndpoint(domo: Domo, signal: AbortSignal): Promise<Finding> {
  if (!domo.askToken) {
    const says = 'DOMO_BASE_URL is set and DOMO_API_URL is not, so no token endpoint is known.';
    return { check, status: 'skipped', says };
  }
  const todo =
    'The provider works without it, but cannot check whether a client missing from the list still works.';
  try {
    const { answer, ms } = await domo.askToken(...nobody, signal);
    const error = fieldsOfBody(answer).get('error');
    const facts = { status: answer.status, error: typeof error === 'string' ? error : null, ms };
    if ([400, 401].includes(answer.status) && error === 'invalid_client') {
      const says = `It rejects made-up credentials with ${answer.status} and "invalid_client" (${ms} ms).`;
      return { check, status: 'ok', says, facts };
    }
    const says = `It responds ${answer.status} to made-up credentials instead of "invalid_client".`;
    return { check, status: 'warning', says, todo, facts };
  } catch (thrown) {
    if (!(thrown instanceof DomoError) || thrown.kind === 'aborted') throw thrown;
    return { check, status: 'warning', says: describeError(thrown), todo };
  }
}
