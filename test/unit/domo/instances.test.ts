import { loadTransport } from '../../../provider/domo/api/transport/http';
import type { Configuration } from '../../../provider/domo/provider-block/schema';
import { checkBlock } from '../../../provider/domo/provider-block/validate';
import { type Diagnostic, type Failure, isUnknown, unknown } from '../../../provider/framework';
import { leastCosts } from '../../support/least-costs';
import { emptyBlock, opened } from './connected';

// A connection loads it when nothing else is to do, which can be after the tests.
beforeAll(async () => void (await loadTransport()));
afterAll(() => new Promise(setImmediate));

const none = { access_token: null, username: null, password: null, base_url: null, api_url: null };
const token = { ...none, access_token: 'fake-token' };
const at = (base_url: string) => ({ ...token, base_url });
/** Keys come without a prototype, as they do from the wire. */
const map = <T>(entries: Record<string, T>): Record<string, T> => Object.assign(Object.create(null), entries);
const acme = { instance: 'acme', access_token: 'fake-default' };

function failureOf(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
  } catch (thrown) {
    return (thrown as Failure).diagnostics;
  }
  throw new Error('It did not fail.');
}

describe('a text means', () => {
  const instances = opened({
    ...acme,
    instances: map({
      'acme-emea': token,
      'Acme-JP.domo.com': token,
      partner: at('https://Gateway.acme.example/Partner/'),
      sandbox: at('http://localhost:8787'),
      sandbox_2: at('https://localhost:8788/'),
    }),
  });
  const named = (text: string) => {
    const found = instances.find(text);
    return isUnknown(found) ? 'unknown' : found?.label();
  };

  it.each([
    ['acme', 'acme'],
    ['ACME', 'acme'],
    ['acme.domo.com', 'acme'],
    ['https://acme.domo.com/', 'acme'],
    [' https://ACME.domo.com\n', 'acme'],
    ['acme-emea', 'acme-emea'],
    ['https://acme-emea.domo.com', 'acme-emea'],
    ['acme-jp', 'Acme-JP.domo.com'],
    ['ACME-JP.domo.com', 'Acme-JP.domo.com'],
    ['partner', 'partner'],
    ['Partner', 'partner'],
    ['gateway.acme.example/Partner', 'partner'],
    ['GATEWAY.acme.example/Partner/', 'partner'],
    ['https://gateway.acme.example/Partner', 'partner'],
    ['https://gateway.acme.example:443/Partner/', 'partner'],
    ['localhost:8787', 'sandbox'],
    ['http://LOCALHOST:8787/', 'sandbox'],
    ['sandbox', 'sandbox'],
    ['https://localhost:8788', 'sandbox_2'],
  ])('%j: %s', (text, label) => {
    expect(named(text)).toBe(label);
  });

  it.each([
    [''],
    ['acm'],
    ['acme.example'],
    ['gateway.acme.example'],
    ['gateway.acme.example/partner'],
    ['partner.domo.com/x'],
    ['localhost'],
    ['https://'],
    ['__proto__'],
    ['constructor'],
  ])('nothing: %j', (text) => {
    expect(named(text)).toBeUndefined();
  });

  it('the same connection, each time', () => {
    expect(instances.at('acme-emea')).toBe(instances.find('https://ACME-EMEA.domo.com'));
    expect(instances.at(null)).toBe(instances.at('acme'));
    expect(instances.at('localhost:8787').isCalled('SANDBOX')).toBe(true);
    expect(instances.at('localhost:8787').isCalled('acme')).toBe(false);
  });

  it('otherwise an error that names those that are there, at the argument', () => {
    const [problem, ...others] = failureOf(() => instances.at('acme-us'));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      summary: 'The instance is not configured',
      path: [{ attribute: 'instance' }],
    });
    expect(problem?.detail).toContain(
      '"acme-us". It has "acme", "acme-emea", "Acme-JP.domo.com", "partner", "sandbox", "sandbox_2".',
    );
  });
});

it('is told from an address although the default has a name', () => {
  const instances = opened({ ...acme, base_url: 'https://gateway.example/acme' });
  for (const text of ['acme', 'acme.domo.com', 'gateway.example/acme']) {
    expect(instances.find(text)).toBe(instances.at(null));
  }
});

describe('without a default', () => {
  const instances = opened({ instances: map({ a: token, b: token }) });

  it('the argument is required', () => {
    expect(failureOf(() => instances.at(null))).toMatchObject([
      { summary: 'The instance must be set', detail: expect.stringContaining('one of "a", "b"') },
    ]);
    expect(instances.hasDefault).toBe(false);
    expect(instances.at('a').label()).toBe('a');
  });

  it('nothing but what is missing is said if there are no instances either', () => {
    const missing = failureOf(() => opened({}).at(null).clients());
    expect(missing.map(({ summary }) => summary)).toEqual(['Missing instance', 'Missing access_token']);
  });

  it('credentials of the block are for nothing', () => {
    const several = opened({ access_token: 'fake-default', instances: map({ a: none }) });
    expect(failureOf(() => several.at('a').clients())[0]?.summary).toBe('Missing access_token');
  });
});

describe('entries are refused', () => {
  const refused = (block: Partial<Configuration>) =>
    failureOf(() => opened(block)).map(({ summary, detail }) => `${summary}: ${detail}`);

  it.each<[string, Partial<Configuration>, string[]]>([
    [
      'by one address',
      { instances: map({ a: at('https://g.example/'), b: at('https://G.example') }) },
      ['"a"', '"b"'],
    ],
    [
      "by the default's address",
      { ...acme, instances: map({ x: at('https://acme.domo.com') }) },
      ['"x"', 'default instance "acme"'],
    ],
    [
      "by the default's name",
      { ...acme, instances: map({ 'acme.domo.com': token }) },
      ['"acme.domo.com"', '"acme"'],
    ],
    [
      "by another entry's host",
      { instances: map({ 'g.example': at('https://h.example'), x: at('https://g.example') }) },
      ['"x"', '"g.example"'],
    ],
    ['by letter case', { instances: map({ acme: token, ACME: token }) }, ['"acme"', '"ACME"']],
  ])('%s', (_, block, names) => {
    const [problem, ...others] = refused(block);
    expect(others).toEqual([]);
    expect(problem).toContain('Two instances have the same name or address');
    for (const name of names) expect(problem).toContain(name);
  });

  it('by variables that they would share', () => {
    const [problem, ...others] = refused({
      instances: map({ 'ACME-EMEA': token, acme_emea: at('https://g.example') }),
    });
    expect(others).toEqual([]);
    expect(problem).toContain('Two instances share their environment variables: "ACME-EMEA" and "acme_emea"');
    expect(problem).toContain('_ACME_EMEA');
  });

  it.each([['acme_emea'], [''], ['a b'], ['acme.example']])(
    'by a name that Domo gives nothing: %j',
    (key) => {
      expect(refused({ instances: map({ [key]: token }) })).toEqual([
        expect.stringContaining('Invalid name in instances'),
      ]);
    },
  );

  it.each([['a/b'], ['-a'], ['ä']])('by a name that nothing can have: %j', (key) => {
    expect(refused({ instances: map({ [key]: at('https://g.example') }) })).toEqual([
      expect.stringContaining('Invalid name in instances'),
    ]);
  });

  it('at validation, as far as it needs no environment', () => {
    const both = { ...token, username: 'u', password: 'fake-p' };
    const problems = checkBlock({
      ...emptyBlock,
      ...acme,
      instances: map({ b: both, acme: token, 'x y': token }),
    });
    expect(problems.map(({ summary, path }) => [summary, path])).toEqual([
      [
        'Two sign-in methods are set',
        [{ attribute: 'instances' }, { key: 'b' }, { attribute: 'access_token' }],
      ],
      ['Two instances have the same name or address', [{ attribute: 'instances' }, { key: 'acme' }]],
      ['Invalid name in instances', [{ attribute: 'instances' }, { key: 'x y' }]],
    ]);
    expect(problems[0]?.detail).toContain('DOMO_ACCESS_TOKEN_B');
    expect(checkBlock({ ...emptyBlock, instances: unknown })).toEqual([]);
  });

  it('in time that grows with their number, and none is connected to', () => {
    const open = (count: number) => {
      const entries = Array.from({ length: count }, (_, index) => [`acme-${index}`, token] as const);
      return opened({ instances: map(Object.fromEntries(entries)) });
    };
    expect(open(10_000).at('acme-9999').label()).toBe('acme-9999');
    const [few = 0, many = 0] = leastCosts([() => open(1_000), () => open(10_000)], 3);
    // A hundred times as long where each entry is compared with each.
    expect(many).toBeLessThan(30 * few + 50);
  });
});

describe('an instance gets', () => {
  const environment = {
    DOMO_ACCESS_TOKEN: 'fake-default',
    DOMO_API_URL: 'https://tokens.example',
    DOMO_ACCESS_TOKEN_ACME_EMEA: 'fake-emea\n',
    DOMO_DEVELOPER_TOKEN_ACME_US: 'fake-us',
    DOMO_USERNAME_ACME_JP: 'someone@example.com',
    DOMO_PASSWORD_ACME_JP: 'fake-jp',
  };
  const block = {
    instance: 'acme',
    instances: map({
      'acme-emea': none,
      'acme-us': none,
      'acme-jp': none,
      'acme-fr': none,
      gateway: { ...none, base_url: 'https://g.example', access_token: 'fake-g' },
      own: { ...none, api_url: 'https://own.example/', access_token: 'fake-o' },
    }),
  };

  it('the address for tokens from the block, unless it has a gateway, and never from the variable', () => {
    const apiUrlOf = (more: object, name: string) =>
      opened({ ...block, ...more }, environment)
        .at(name)
        .apiUrl();
    expect(apiUrlOf({}, 'acme')).toBe('https://tokens.example');
    for (const name of ['acme-emea', 'gateway']) expect(apiUrlOf({}, name)).toBeUndefined();
    const configured = { api_url: 'https://block.example' };
    expect(apiUrlOf(configured, 'acme-emea')).toBe('https://block.example');
    expect(apiUrlOf(configured, 'gateway')).toBeUndefined();
    expect(apiUrlOf(configured, 'own')).toBe('https://own.example');
  });

  it('no credentials of the default, and says which are missing', () => {
    const [problem, ...others] = failureOf(() => opened(block, environment).at('acme-fr').clients());
    expect(others).toEqual([]);
    expect(problem?.summary).toBe('Missing access_token');
    for (const text of [
      '"acme-fr"',
      'DOMO_ACCESS_TOKEN_ACME_FR',
      'DOMO_USERNAME_ACME_FR',
      'DOMO_PASSWORD_ACME_FR',
    ])
      expect(problem?.detail).toContain(text);
  });

  it('its own credentials from variables with its name', () => {
    for (const name of ['acme-emea', 'acme-us', 'acme-jp'])
      expect(opened(block, environment).at(name).areSettingsDecided).toBe(true);
    const both = { ...environment, DOMO_ACCESS_TOKEN_ACME_JP: 'fake-too' };
    expect(failureOf(() => opened(block, both).at('acme-jp'))[0]).toMatchObject({
      summary: 'Two sign-in methods are set',
      detail: expect.stringMatching(
        /DOMO_ACCESS_TOKEN_ACME_JP.*DOMO_USERNAME_ACME_JP, DOMO_PASSWORD_ACME_JP/,
      ),
    });
  });

  it('its own words in advice', () => {
    const { argument } = opened(block, environment).at('acme-emea');
    expect(argument('access_token')).toBe(
      'instances["acme-emea"].access_token (DOMO_ACCESS_TOKEN_ACME_EMEA)',
    );
    expect(argument('base_url')).toBe('instances["acme-emea"].base_url');
    expect(argument('request_timeout')).toBe('request_timeout (DOMO_REQUEST_TIMEOUT)');
  });

  it('read_only and additional scopes from the block', () => {
    const { readOnly, additionalScopes } = opened({
      ...block,
      read_only: true,
      additional_scopes: ['new'],
    }).at('own');
    expect([readOnly, additionalScopes]).toEqual([true, ['new']]);
  });
});

describe('what is known after an apply alone', () => {
  const notYet = 'The provider is not fully configured yet';

  it('keeps nothing but its own instance from being asked', () => {
    const instances = opened({
      ...acme,
      instances: map({ a: { ...none, access_token: unknown }, b: token }),
    });
    const [problem] = failureOf(() => instances.at('a').clients());
    expect(problem).toMatchObject({
      summary: notYet,
      detail: expect.stringContaining('instances["a"].access_token depends'),
    });
    expect(instances.at('a').areSettingsDecided).toBe(false);
    for (const name of ['b', 'acme']) expect(instances.at(name).clients()).toBeDefined();
    expect(instances.find('c')).toBeUndefined();
  });

  it.each<[string, Partial<Configuration>, string]>([
    [
      'an address',
      { ...acme, instances: map({ a: token, b: { ...token, base_url: unknown } }) },
      'instances["b"].base_url',
    ],
    ['an entry', { ...acme, instances: map({ b: unknown }) as never }, 'instances["b"].base_url'],
    ['all of them', { ...acme, instances: unknown }, 'instances'],
    ['the default', { ...acme, instance: unknown }, 'instance'],
  ])('leaves open what a name means that is not there: %s', (_, block, what) => {
    const instances = opened(block);
    expect(instances.find('elsewhere.example')).toBe(unknown);
    const [problem] = failureOf(() => instances.at('elsewhere.example'));
    expect(problem?.summary).toBe(notYet);
    expect(problem?.detail).toContain(`The provider's ${what} depends`);
  });
});
