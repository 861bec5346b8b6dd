import { proxyPasswords } from '../../../provider/domo/provider-block/proxies';

it.each([
  [{ HTTPS_PROXY: 'http://user:fake-password@proxy.acme.com:8080' }, ['fake-password']],
  [
    { https_proxy: 'user:fake-pass%20word@proxy:8080/', NO_PROXY: 'localhost' },
    ['fake-pass%20word', 'fake-pass word'],
  ],
  [{ ALL_PROXY: 'https://:fake@password@proxy' }, ['fake@password']],
  [{ ALL_PROXY: 'http://user:fake%@proxy' }, ['fake%']],
  [{ HTTP_PROXY: 'http://proxy:8080', https_proxy: 'http://user@proxy', http_proxy: '' }, []],
  [{ HTTP_PROXY: undefined, PROXY_USER: 'user:fake-password@proxy' }, []],
])('%j has the passwords %j', (environment, passwords) => {
  expect(proxyPasswords(environment)).toEqual(passwords);
});
