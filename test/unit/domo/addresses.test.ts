import { instanceName, noInstanceName, unfitAddress } from '../../../provider/domo/provider-block/addresses';

describe('the name of an instance', () => {
  it.each([
    ['acme', 'acme'],
    ['acme.domo.com', 'acme'],
    ['Acme-Eu.DOMO.com', 'acme-eu'],
    ['4cme', '4cme'],
    ['a', 'a'],
    ['https://acme.domo.com', 'acme'],
    ['HTTPS://Acme.domo.com/', 'acme'],
    ['acme.demo', 'acme.demo'],
    ['acme.demo.domo.com', 'acme.demo'],
    ['https://acme.demo.domo.com/', 'acme.demo'],
    ['demo', 'demo'],
    ['demo.domo.com', 'demo'],
    ['acme.domo.com\n', 'acme'],
    ['\ufeffacme\r\n', 'acme'],
    [' https://acme.domo.com/ ', 'acme'],
  ])('%s', (text, name) => {
    expect(instanceName(text)).toBe(name);
  });

  it.each([
    [''],
    ['http://acme.domo.com'],
    ['https://acme.domo.com/x'],
    ['https://acme.domo.com//'],
    ['https://acme.domo.com:443'],
    ['https://someone@acme.domo.com'],
    ['https://acme.domo.com.example.com'],
    ['https://acme.domo.com@example.com'],
    ['https://acme'],
    ['acme.test'],
    ['acme.demo.test.domo.com'],
    ['acme.demo.demo'],
    ['.demo'],
    ['acme.domo.com/'],
    ['acme.example.com'],
    ['acme.domo.com.example.com'],
    ['acme\nevil.example.com'],
    ['acme:443'],
    ['user@acme'],
    ['acme/..'],
    ['ac me'],
    ['acme_eu'],
    ['-acme'],
    ['acme-'],
    ['acmé'],
    ['a'.repeat(64)],
  ])('is not %j', (text) => {
    expect(instanceName(text)).toBeUndefined();
  });
});

it.each([
  ['http://acme.domo.com', 'Leave out "http://".'],
  ['acme.domo.com/auth/index', 'Leave out "/auth/index".'],
  ['https://someone@acme.domo.com:443/x?y', 'Leave out the user name or port and "/x?y".'],
  ['https://acme', 'Write "acme" or "https://acme.domo.com".'],
  [
    'acme.example.com',
    '"acme.example.com" is not an instance name. Use letters, digits and hyphens; for another domain, set base_url.',
  ],
  ['https://acme.domo.com@example.com', '"example.com" is not an instance name.'],
  ['acme_eu', 'Use letters, digits and hyphens'],
])('says what to leave out of %s', (text, sentence) => {
  expect(noInstanceName(text)).toContain(sentence);
});

describe('an address that may be given a token', () => {
  it.each([
    ['https://acme.domo.com'],
    ['https://proxy.example.com:8443/domo'],
    ['http://localhost:8787'],
    ['http://127.0.0.1:8787'],
    ['http://127.8.9.10'],
    ['http://[::1]:8787'],
  ])('%s', (text) => {
    expect(unfitAddress(text)).toBeUndefined();
  });

  it.each([
    ['http://acme.domo.com', 'must begin with https://'],
    ['http://localhost.example.com', 'must begin with https://'],
    ['http://127.0.0.1.example.com', 'must begin with https://'],
    ['http://10.0.0.1', 'must begin with https://'],
    ['http://0.0.0.0:8787', 'must begin with https://'],
    ['ftp://localhost', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://someone:fake-password@acme.domo.com', 'must not contain a user name or password'],
    ['https://acme.domo.com?next=1', 'must not have a query'],
    ['https://acme.domo.com#top', 'must not have a query or fragment'],
    ['acme.domo.com', 'is not an address'],
    ['', 'is not an address'],
  ])('is not %j', (text, reason) => {
    expect(unfitAddress(text)).toContain(reason);
  });
});
