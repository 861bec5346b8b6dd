import { proxyFor } from '../../../provider/domo/api/transport/proxy';

const before = { ...process.env };
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
  Object.assign(process.env, before);
});

const acme = 'https://acme.domo.com/api/x';
const within = (environment: Record<string, string>, address = acme) => {
  Object.assign(process.env, environment);
  return proxyFor(address);
};

it('is none if the environment names none', () => {
  expect(within({ HTTP_PROXY: 'http://proxy:8080', HTTPS_PROXY: '' })).toBeUndefined();
});

describe('the address of a proxy', () => {
  it.each([
    ['http://proxy:8080', { protocol: 'http', host: 'proxy', port: 8080 }],
    ['proxy:8080', { protocol: 'http', host: 'proxy', port: 8080 }],
    ['proxy', { protocol: 'http', host: 'proxy', port: 80 }],
    ['10.0.0.1:3128', { protocol: 'http', host: '10.0.0.1', port: 3128 }],
    ['[fd00::1]:3128', { protocol: 'http', host: '[fd00::1]', port: 3128 }],
    [' http://proxy:8080/\n', { protocol: 'http', host: 'proxy', port: 8080 }],
    ['HTTPS://proxy', { protocol: 'https', host: 'proxy', port: 443 }],
    [
      'http://some%40one:fake%2Fpass%20word@proxy:8080',
      {
        protocol: 'http',
        host: 'proxy',
        port: 8080,
        auth: { username: 'some@one', password: 'fake/pass word' },
      },
    ],
    [
      'someone:fake@password@proxy:8080',
      {
        protocol: 'http',
        host: 'proxy',
        port: 8080,
        auth: { username: 'someone', password: 'fake@password' },
      },
    ],
    [
      'http://someone:fake%@proxy',
      { protocol: 'http', host: 'proxy', port: 80, auth: { username: 'someone', password: 'fake%' } },
    ],
    [
      'http://token@proxy',
      { protocol: 'http', host: 'proxy', port: 80, auth: { username: 'token', password: '' } },
    ],
  ])('%j', (text, proxy) => {
    expect(within({ HTTPS_PROXY: text })).toEqual({ variable: 'HTTPS_PROXY', ...proxy });
  });

  it.each([
    [{ https_proxy: 'one:1', HTTPS_PROXY: 'two:2', all_proxy: 'three:3' }, 'one'],
    [{ HTTPS_PROXY: 'two:2', all_proxy: 'three:3', ALL_PROXY: 'four:4' }, 'two'],
    [{ all_proxy: 'three:3', ALL_PROXY: 'four:4', HTTP_PROXY: 'five:5' }, 'three'],
    [{ ALL_PROXY: 'four:4', HTTP_PROXY: 'five:5' }, 'four'],
  ])('is that of %j', (environment, host) => {
    expect(within(environment)).toMatchObject({ host });
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://someone:fake-password@proxy:1080', 'names a socks5 proxy'],
    ['https_proxy', 'socks5h://proxy:1080', 'names a socks5h proxy'],
    ['ALL_PROXY', 'socks://proxy', 'names a socks proxy'],
    ['HTTPS_PROXY', 'http://proxy:port', 'is not the address of a proxy'],
    ['HTTPS_PROXY', 'http://someone:fake#password@proxy:8080', 'must be percent-encoded'],
    ['HTTPS_PROXY', '://', 'is not the address of a proxy'],
  ])('%s=%s is refused in a sentence that names the variable, and not its value', (name, value, sentence) => {
    const refused = () => within({ [name]: value });
    expect(refused).toThrow(new RegExp(`^${name} .*${sentence}`));
    expect(refused).not.toThrow(/fake|1080/);
  });
});

describe('NO_PROXY', () => {
  it.each([
    'domo.com',
    '.domo.com',
    '*.domo.com',
    'acme.domo.com',
    'com',
    '*',
    'localhost,domo.com',
    'localhost, DOMO.com',
    'domo.com:443',
  ])('%s covers the instance', (value) => {
    expect(within({ HTTPS_PROXY: 'socks5://not-looked-at', NO_PROXY: value })).toBeUndefined();
    expect(within({ NO_PROXY: '', no_proxy: value })).toBeUndefined();
  });

  it.each(['omo.com', 'example.com', 'other.domo.com', 'domo.com:80', 'x.acme.domo.com', 'domo', ''])(
    '%j does not',
    (value) => {
      expect(within({ HTTPS_PROXY: 'proxy', NO_PROXY: value })).toMatchObject({ host: 'proxy' });
    },
  );

  it('takes the end of an IP address for no domain', () => {
    const address = 'https://10.1.2.3';
    expect(within({ HTTPS_PROXY: 'proxy', NO_PROXY: '2.3' }, address)).toMatchObject({ host: 'proxy' });
    expect(within({ NO_PROXY: '10.1.2.3' }, address)).toBeUndefined();
  });
});

it.each(['https://localhost:1', 'http://127.0.0.1:1', 'https://127.8.9.10', 'https://[::1]:1'])(
  'is none for the loopback address %s',
  (address) => {
    expect(
      within({ ALL_PROXY: 'proxy', HTTP_PROXY: 'proxy', HTTPS_PROXY: 'proxy' }, address),
    ).toBeUndefined();
  },
);
