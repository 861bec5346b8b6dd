import { openLog } from '../../../provider/plugin/log';

function open(level: string | undefined) {
  const lines: string[] = [];
  const log = openLog('fake-plugin', level, (line) => lines.push(line));
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line)) };
}

describe('a log line', () => {
  it('is one line of the JSON that hclog reads', () => {
    const { log, lines, parsed } = open('trace');
    log.warn('two\nlines', { path: '/v1', status: 503, again: true, left: undefined });
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(parsed()).toEqual([
      {
        '@level': 'warn',
        '@message': 'two\nlines',
        '@module': 'fake-plugin',
        '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        path: '/v1',
        status: 503,
        again: true,
      },
    ]);
  });

  it('cannot have its own fields replaced', () => {
    const { log, parsed } = open('info');
    log.info('true', { '@message': 'false', '@level': 'error' });
    expect(parsed()[0]).toMatchObject({ '@message': 'true', '@level': 'info' });
  });
});

describe('a level', () => {
  it.each([
    ['trace', ['trace', 'debug', 'info', 'warn', 'error']],
    ['INFO', ['info', 'warn', 'error']],
    ['Error', ['error']],
    ['off', []],
    ['loud', []],
    ['', []],
    [undefined, []],
  ])('%s writes %j', (level, expected) => {
    const { log, parsed } = open(level);
    for (const name of ['trace', 'debug', 'info', 'warn', 'error'] as const) log[name]('message');
    expect(parsed().map((line) => line['@level'])).toEqual(expected);
  });
});

describe('a hidden value', () => {
  it('shows in no later message or field', () => {
    const { log, lines, parsed } = open('info');
    log.hide('fake-secret-1');
    log.info('it is fake-secret-1.', { header: 'Bearer fake-secret-1', other: 'shown' });
    expect(lines.join()).not.toContain('fake-secret-1');
    expect(parsed()[0]).toMatchObject({
      '@message': 'it is (redacted).',
      header: 'Bearer (redacted)',
      other: 'shown',
    });
  });

  it('is hidden inside JSON text too, and the line stays JSON', () => {
    const { log, parsed } = open('info');
    const secret = 'fake"secret\\with\nall';
    log.hide(secret);
    log.info('body', { body: JSON.stringify({ password: secret }) });
    expect(parsed()[0].body).toBe('{"password":"(redacted)"}');
  });

  it('is hidden even if it is a number', () => {
    const { log, parsed } = open('info');
    log.hide('123456');
    log.info('numbers', { code: 123456, status: 200 });
    expect(parsed()[0]).toMatchObject({ code: '(redacted)', status: 200 });
  });

  it('is hidden as a whole if it contains another', () => {
    const { log } = open('off');
    log.hide('fake-token-1');
    log.hide('fake-token-1-long');
    expect(log.redact('fake-token-1-long and fake-token-1')).toBe('(redacted) and (redacted)');
  });

  it('does not break the line even if it looks like part of its syntax', () => {
    const { log, parsed } = open('info');
    log.hide('"@message"');
    log.hide('@level');
    log.info('fine');
    expect(parsed()[0]).toMatchObject({ '@message': 'fine', '@level': 'info' });
  });

  it('is left alone under 4 characters', () => {
    const { log } = open('off');
    log.hide('');
    log.hide('abc');
    expect(log.redact('abcd')).toBe('abcd');
  });

  it('is shown in our own sentences where it can be an ordinary word, and not in the words of others', () => {
    const words = [
      'wrong',
      'token',
      'Domo',
      'expired',
      'acme',
      'acme-prod',
      'DOMO_ACCESS_TOKEN',
      'access_token',
      'https',
    ];
    const sentence =
      'acme-prod.domo.com: Domo returned 401. The token is wrong or has expired. Check access_token (DOMO_ACCESS_TOKEN) or https://acme.domo.com.';
    for (const word of words) {
      const { log, parsed } = open('info');
      log.hide(word);
      expect(log.redact(sentence)).toBe(sentence);
      expect(log.redact(sentence, 'foreign')).not.toContain(word);
      log.info(sentence, { said: sentence });
      expect(parsed()).toEqual([
        expect.objectContaining({ '@message': sentence, said: expect.not.stringContaining(word) }),
      ]);
    }
  });

  it.each([
    'fake1',
    'FakeToken',
    'faKe-token',
    'fakefakefakefake',
    'fake token',
    'fake_token!',
    'fäke-token',
    'fake-token-of-more-than-twenty',
  ])('is hidden in our own sentences where it can be nothing else: %s', (secret) => {
    const { log } = open('off');
    log.hide(secret);
    expect(log.redact(`The token ${secret} is wrong.`)).toBe('The token (redacted) is wrong.');
  });
});
