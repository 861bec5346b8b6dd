import { retryCount } from '../../../provider/domo/provider-block/arguments';
import { attributes, type Configuration } from '../../../provider/domo/provider-block/schema';
import { resolve } from '../../../provider/domo/provider-block/settings';
import { checkBlock } from '../../../provider/domo/provider-block/validate';
import { type Diagnostic, Failure, unknown } from '../../../provider/framework';

const nothing: Configuration = {
  instance: null,
  instances: null,
  access_token: null,
  username: null,
  password: null,
  base_url: null,
  api_url: null,
  ca_certificate_file: null,
  read_only: null,
  additional_scopes: null,
  request_timeout: null,
  max_retries: null,
};
const minimal = { ...nothing, instance: 'acme', access_token: 'fake-token' };
const settings = (config: Partial<Configuration>, environment = {}) =>
  resolve({ ...nothing, ...config }, environment).settings;

function problems(config: Partial<Configuration>, environment = {}): readonly Diagnostic[] {
  try {
    return resolve({ ...nothing, ...config }, environment).missing;
  } catch (error) {
    if (error instanceof Failure) return error.diagnostics;
    throw error;
  }
}

describe('settings', () => {
  it('have defaults', () => {
    expect(resolve(minimal, {})).toEqual({
      settings: {
        baseUrl: 'https://acme.domo.com',
        isOwnAddress: true,
        instance: 'acme',
        apiUrl: undefined,
        label: 'acme',
        credentials: { token: 'fake-token' },
        tokenAddress: 'https://api.domo.com',
        requestTimeout: 30_000,
        maxRetries: 4,
      },
      transport: { apiUrl: undefined, requestTimeout: 30_000, maxRetries: 4 },
      label: 'acme',
      address: 'https://acme.domo.com',
      tokenAddress: 'https://api.domo.com',
      missing: [],
      unknown: [],
      unknownForTokens: [],
      shared: {
        limits: { ca_certificate_file: undefined, request_timeout: 30_000, max_retries: 4 },
        readOnly: false,
        additionalScopes: [],
      },
    });
  });

  it('need no instance and no credentials: what asks an instance misses them', () => {
    const { settings, transport, missing } = resolve({ ...nothing, api_url: 'https://api.example.com' }, {});
    expect(settings).toBeUndefined();
    expect(transport).toMatchObject({ apiUrl: 'https://api.example.com', requestTimeout: 30_000 });
    expect(missing.map(({ summary }) => summary)).toEqual(['Missing instance', 'Missing access_token']);
  });

  it('name what is missing beside what is malformed', () => {
    expect(() => resolve({ ...nothing, max_retries: 1 }, { DOMO_REQUEST_TIMEOUT: '30' })).toThrow(
      /Invalid DOMO_REQUEST_TIMEOUT.*Missing instance.*Missing access_token/s,
    );
  });

  it('come from the environment', () => {
    const environment = {
      DOMO_INSTANCE: 'Acme.domo.com',
      DOMO_ACCESS_TOKEN: 'fake-token',
      DOMO_READ_ONLY: 'TRUE',
      DOMO_REQUEST_TIMEOUT: '1m30s',
      DOMO_MAX_RETRIES: '0',
    };
    expect(resolve(nothing, environment)).toMatchObject({
      settings: {
        label: 'acme',
        credentials: { token: 'fake-token' },
        requestTimeout: 90_000,
        maxRetries: 0,
      },
      shared: { readOnly: true },
    });
  });

  it('lose what a file or a copy has added to their ends', () => {
    const environment = {
      DOMO_BASE_URL: '\ufeffhttp://localhost:8787\r\n',
      DOMO_ACCESS_TOKEN: ' fake-token\n',
      DOMO_API_URL: 'https://api.example.com\n',
    };
    expect(settings({}, environment)).toMatchObject({
      baseUrl: 'http://localhost:8787',
      apiUrl: 'https://api.example.com',
      credentials: { token: 'fake-token' },
    });
    const config = { instance: 'acme\n', username: '\ufeffsomeone@example.com ', password: ' fake-p ' };
    expect(settings(config)).toMatchObject({
      baseUrl: 'https://acme.domo.com',
      credentials: { username: 'someone@example.com', password: ' fake-p ' },
    });
  });

  it('are not what consists of blanks alone', () => {
    const [problem] = problems({ instance: 'acme' }, { DOMO_ACCESS_TOKEN: ' \n' });
    expect(problem).toMatchObject({ summary: 'Invalid DOMO_ACCESS_TOKEN' });
  });

  it('may be of an instance for demonstrations', () => {
    expect(settings({ ...minimal, instance: 'acme.demo' })).toMatchObject({
      baseUrl: 'https://acme.demo.domo.com',
      label: 'acme.demo',
      isOwnAddress: true,
    });
  });

  it('of the configuration win', () => {
    const environment = { DOMO_INSTANCE: 'other', DOMO_ACCESS_TOKEN: 'fake-other', DOMO_MAX_RETRIES: '9' };
    expect(settings({ ...minimal, max_retries: 1 }, environment)).toMatchObject({
      label: 'acme',
      credentials: { token: 'fake-token' },
      maxRetries: 1,
    });
    expect(resolve({ ...minimal, read_only: false }, { DOMO_READ_ONLY: 'true' }).shared.readOnly).toBe(false);
  });

  it.each([
    [{ DOMO_ACCESS_TOKEN: 'fake-a', DOMO_DEVELOPER_TOKEN: 'fake-b' }, { token: 'fake-a' }],
    [{ DOMO_ACCESS_TOKEN: '', DOMO_DEVELOPER_TOKEN: 'fake-b' }, { token: 'fake-b' }],
    [
      { DOMO_USERNAME: 'u', DOMO_PASSWORD: 'fake-p' },
      { username: 'u', password: 'fake-p' },
    ],
  ])('sign in as the environment says: %j', (environment, credentials) => {
    expect(settings({ instance: 'acme' }, environment)?.credentials).toEqual(credentials);
  });

  it('mix a user name of the configuration with a password of the environment, and ignore its token', () => {
    const environment = { DOMO_PASSWORD: 'fake-p', DOMO_ACCESS_TOKEN: 'fake-token' };
    expect(settings({ instance: 'acme', username: 'u' }, environment)?.credentials).toEqual({
      username: 'u',
      password: 'fake-p',
    });
  });

  it('ignore a user of the environment beside a token of the configuration', () => {
    const environment = { DOMO_USERNAME: 'u', DOMO_PASSWORD: 'fake-p' };
    expect(settings(minimal, environment)?.credentials).toEqual({ token: 'fake-token' });
  });

  it.each([
    [{ base_url: 'http://127.0.0.1:8787' }, 'http://127.0.0.1:8787', '127.0.0.1:8787'],
    [{ base_url: 'https://proxy.example.com' }, 'https://proxy.example.com', 'proxy.example.com'],
    [{ base_url: 'http://localhost:1', instance: 'acme' }, 'http://localhost:1', 'acme'],
    [{ base_url: 'https://proxy.example.com/one' }, 'https://proxy.example.com/one', 'proxy.example.com/one'],
    [
      { base_url: 'HTTPS://Proxy.Example.com:443/Two/' },
      'https://proxy.example.com/Two',
      'proxy.example.com/Two',
    ],
  ])('call the instance by its name, else by host, port and path: %j', (config, baseUrl, label) => {
    expect(settings({ access_token: 'fake-token', ...config })).toMatchObject({ baseUrl, label });
  });

  it.each([
    [{}, true],
    [{ base_url: 'https://acme.domo.com' }, false],
    [{ base_url: 'http://localhost:1' }, false],
  ])("take an address for the instance's own only if none is configured: %j", (config, isOwnAddress) => {
    expect(settings({ ...minimal, ...config })).toMatchObject({ isOwnAddress, instance: 'acme' });
  });

  it('have one spelling of the address that gives tokens', () => {
    expect(settings({ ...minimal, api_url: 'https://API.example.com:443/' })?.apiUrl).toBe(
      'https://api.example.com',
    );
    expect(settings(minimal, { DOMO_API_URL: 'http://localhost:1/api' })?.apiUrl).toBe(
      'http://localhost:1/api',
    );
  });
});

describe('what is missing is said with its argument and its variable', () => {
  it.each([
    ['instance', { access_token: 'fake-token' }, 'DOMO_INSTANCE'],
    ['access_token', { instance: 'acme' }, 'DOMO_ACCESS_TOKEN'],
    ['password', { instance: 'acme', username: 'u' }, 'DOMO_PASSWORD'],
    ['username', { instance: 'acme', password: 'fake-p' }, 'DOMO_USERNAME'],
  ])('%s', (name, config, variable) => {
    const [problem, ...others] = problems(config);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      severity: 'error',
      summary: `Missing ${name}`,
      path: [{ attribute: name }],
    });
    expect(problem?.detail).toContain(variable);
  });

  it('all at once', () => {
    expect(problems({}).map(({ summary }) => summary)).toEqual(['Missing instance', 'Missing access_token']);
  });
});

describe('the credentials of clients go', () => {
  it.each<[string, Partial<Configuration>, string | undefined]>([
    ['to Domo', {}, 'https://api.domo.com'],
    ['to Domo, whatever the instance', minimal, 'https://api.domo.com'],
    ['nowhere if there is a gateway', { base_url: 'https://gateway.example.com' }, undefined],
    [
      'where it is said',
      { base_url: 'https://gateway.example.com', api_url: 'https://tokens.example.com/' },
      'https://tokens.example.com',
    ],
  ])('%s', (_, config, address) => {
    expect(resolve({ ...nothing, ...config }, {}).tokenAddress).toBe(address);
  });

  it.each(['api_url', 'base_url'] as const)('nowhere while %s is unknown', (name) => {
    const { tokenAddress, unknownForTokens } = resolve({ ...minimal, [name]: unknown }, {});
    expect([tokenAddress, unknownForTokens]).toEqual([unknown, [name]]);
  });
});

describe('what is malformed is said with its variable, and never with its value', () => {
  const complete = { DOMO_INSTANCE: 'acme', DOMO_ACCESS_TOKEN: 'fake-token' };

  it.each([
    ['DOMO_INSTANCE', 'acme.example.com', 'instance'],
    ['DOMO_BASE_URL', 'http://acme.domo.com', 'base_url'],
    ['DOMO_API_URL', 'nowhere', 'api_url'],
    ['DOMO_REQUEST_TIMEOUT', '30', 'request_timeout'],
    ['DOMO_MAX_RETRIES', '-1', 'max_retries'],
    ['DOMO_MAX_RETRIES', '4.5', 'max_retries'],
    ['DOMO_READ_ONLY', 'yes', 'read_only'],
  ])('%s=%s', (variable, value, name) => {
    const [problem, ...others] = problems({}, { ...complete, [variable]: value });
    expect(others).toEqual([]);
    expect(problem?.summary).toBe(`Invalid ${variable}`);
    expect(problem?.detail).toContain(name);
    expect(problem?.detail).not.toContain(`"${value}"`);
  });

  it.each([
    ['instance', 'acme.example.com'],
    ['base_url', 'http://acme.domo.com'],
    ['request_timeout', '30'],
    ['max_retries', '101'],
  ] as const)('in the words of the rule of %s in the schema', (name, value) => {
    const { environment, validate } = attributes[name];
    const [problem] = problems({}, { ...complete, [String(environment[0])]: value });
    expect(problem?.detail).toContain(`${environment[0]} ${validate[0]?.rule}.`);
  });

  it.each([
    ['DOMO_INSTANCE', 'http://acme.domo.com', 'Leave out "http://".'],
    ['DOMO_INSTANCE', 'acme.domo.com/x', 'Leave out "/x".'],
    ['DOMO_INSTANCE', 'acme.evil.com', 'Use letters, digits and hyphens; for another domain, set base_url.'],
    ['DOMO_BASE_URL', 'http://example.com', 'The address must begin with https:// (http:// only for'],
    ['DOMO_API_URL', 'https://u:fake-p@example.com', 'The address must not contain a user name or password.'],
  ])('with what to change: %s=%s', (variable, value, hint) => {
    const [problem] = problems({}, { ...complete, [variable]: value });
    expect(problem?.detail).toContain(` ${hint}`);
  });

  it('with its argument if Terraform learned the value only after the validation', () => {
    const [problem] = problems({ ...minimal, base_url: 'http://acme.domo.com' });
    expect(problem).toMatchObject({ summary: 'Invalid base_url', path: [{ attribute: 'base_url' }] });
    expect(problem?.detail).toContain('DOMO_BASE_URL');
  });
});

describe('two ways of signing in', () => {
  const both = { ...minimal, username: 'u', password: 'fake-p' };

  it('are an error of validation if the configuration has both', () => {
    expect(checkBlock(both)).toMatchObject([{ severity: 'error', summary: 'Two sign-in methods are set' }]);
    // An unknown value may turn out to be null.
    expect(checkBlock({ ...both, username: unknown, password: null })).toEqual([]);
    expect(checkBlock(minimal)).toEqual([]);
    expect(checkBlock({ ...both, access_token: null })).toEqual([]);
  });

  it('are an error if the environment has both', () => {
    const environment = { DOMO_ACCESS_TOKEN: 'fake-token', DOMO_USERNAME: 'u', DOMO_PASSWORD: 'fake-p' };
    const [problem] = problems({ instance: 'acme' }, environment);
    expect(problem?.summary).toBe('Two sign-in methods are set');
    for (const variable of Object.keys(environment)) expect(problem?.detail).toContain(variable);
    expect(problem?.detail).not.toContain('fake-');
  });

  it('are not there if the environment only has a user name in addition', () => {
    const environment = { DOMO_ACCESS_TOKEN: 'fake-token', DOMO_USERNAME: 'u' };
    expect(settings({ instance: 'acme' }, environment)?.credentials).toEqual({ token: 'fake-token' });
  });
});

describe('what Terraform does not know yet', () => {
  it.each(['instance', 'access_token', 'base_url', 'request_timeout', 'max_retries'] as const)(
    '%s is named, and there are no settings',
    (name) => {
      const resolved = resolve({ ...minimal, [name]: unknown }, {});
      expect(resolved).toMatchObject({ settings: undefined, unknown: [name] });
    },
  );

  it('is the password beside a known user name', () => {
    const config = { ...nothing, instance: 'acme', username: 'u', password: unknown };
    expect(resolve(config, {})).toMatchObject({ settings: undefined, unknown: ['password'] });
  });

  it('does not stand in the way if it is not needed to connect', () => {
    const config = { ...minimal, api_url: unknown, read_only: unknown, additional_scopes: unknown };
    const resolved = resolve(config, {});
    expect(resolved.settings?.tokenAddress).toBe('https://api.domo.com');
    const elsewhere = resolve({ ...config, base_url: 'https://gateway.example.com' }, {});
    expect(elsewhere.settings).toMatchObject({ tokenAddress: undefined });
    expect(resolved.shared).toMatchObject({ readOnly: false, additionalScopes: undefined });
    const partly = resolve({ ...minimal, additional_scopes: ['a', unknown] }, {});
    expect(partly.shared.additionalScopes).toBeUndefined();
  });
});

it('reads a count of retries', () => {
  expect(['0', '4', '100'].map(retryCount)).toEqual([0, 4, 100]);
  expect(
    ['', '101', '-1', '1.5', '1e2', ' 4', 'four'].filter((text) => retryCount(text) !== undefined),
  ).toEqual([]);
});
