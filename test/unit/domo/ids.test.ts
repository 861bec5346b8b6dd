import type { ListedClient } from '../../../provider/domo/api/records';
import { listedIds, mask } from '../../../provider/domo/api-client/ids';

const clientId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const listed = (shown: string | null): ListedClient => ({
  id: '7',
  name: 'reports',
  description: '',
  scopes: ['data'],
  clientId: shown,
  ownerId: null,
  created: null,
});

it('shows the first eight characters of a client id', () => {
  expect(mask(clientId)).toBe('1b9d6bcd…');
});

describe('what the list tells of a client id', () => {
  it('is all of it if Domo shows all', () => {
    expect(listedIds(listed(clientId))).toEqual({ client_id: clientId, masked_client_id: '1b9d6bcd…' });
  });

  it.each([
    ['1b9d6bcd…', '1b9d6bcd…'],
    ['1b9d6bcd****', '1b9d6bcd…'],
    ['1b9d6bcd-xxxx-xxxx-xxxx-xxxxxxxxxxxx', '1b9d6bcd…'],
    ['1b9d6bcd-bbfd-...', '1b9d6bcd…'],
    ['****4bed', '…'],
    // It may be all of it, or nearly.
    ['1b9d...', '1b…'],
    ['1b9d6bc*', '1b9…'],
    ['1b9d6bcd', '1b9d…'],
    ['1b9d6bc', '1b9…'],
    ['1', '…'],
  ])('is only a part where Domo shows %s: of that %s is shown', (part, shown) => {
    expect(listedIds(listed(part))).toEqual({ client_id: null, masked_client_id: shown });
  });

  it('is nothing if Domo shows nothing', () => {
    expect(listedIds(listed(null))).toEqual({ client_id: null, masked_client_id: null });
  });
});
