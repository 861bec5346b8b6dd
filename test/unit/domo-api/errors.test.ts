import {
  aborted,
  DomoError,
  excerpt,
  parseJson,
  unreadable,
  unsuccessful,
} from '../../../provider/domo/api/transport/errors';
import type { Answer, Request } from '../../../provider/domo/api/transport/request';
import { openLog } from '../../../provider/plugin/log';

const list: Request = { method: 'GET', path: '/api/identity/v1/developer-tokens?limit=5' };

describe('an unsuccessful answer', () => {
  it('names the endpoint without its query, the status, and the words of Domo', () => {
    const error = unsuccessful(list, { status: 401, body: '{"status":401,"message":"Unauthorized"}' });
    expect(error).toBeInstanceOf(DomoError);
    expect(error).toMatchObject({
      kind: 'credentials',
      status: 401,
      endpoint: 'GET /api/identity/v1/developer-tokens',
    });
    expect(error.message).toMatch(/^GET \/api\/identity\/v1\/developer-tokens: Domo returned 401 \(Unauthor/);
  });

  it('names the instance and both grants for 403', () => {
    const error = unsuccessful(list, { status: 403, body: 'Forbidden' });
    expect(error.kind).toBe('refused');
    expect(error.message).toContain('403 (Forbidden)');
    expect(error.message).toContain('"Create API OAuth Clients"');
    expect(error.message).toContain('"Manage All Access Tokens and API Clients"');
    expect(error.message).toContain('no such instance');
  });

  it.each([
    [302, /Redirects are not followed/],
    [400, /Domo returned 400\.$/],
    [503, /Try again later/],
  ])('says what %d means', (status, text) => {
    const error = unsuccessful(list, { status, body: '' });
    expect(error).toMatchObject({ kind: 'refused', status });
    expect(error.message).toMatch(text);
  });

  it('says how often the request was sent', () => {
    expect(unsuccessful(list, { status: 502, body: '', attempts: 4 }).message).toContain(
      '502, 4 times in a row.',
    );
    expect(unsuccessful(list, { status: 502, body: '', attempts: 1 }).message).not.toContain('times');
  });
});

describe("Domo's trace id", () => {
  const said = (toe: unknown, redact = (text: string) => text) =>
    unsuccessful(list, { status: 400, body: JSON.stringify({ status: 400, message: 'no', toe }), redact })
      .message;

  it.each(['8Q2-KX-FAKE', 'a1b2c3d4-0000-4000-8000-feedfacecafe'])('is in the message: %s', (toe) => {
    expect(said(toe)).toMatch(
      new RegExp(`Domo returned 400 \\(no\\)\\. Trace id for Domo's support: ${toe}\\.$`),
    );
    const odd = unreadable(list, { status: 200, body: JSON.stringify({ toe }) }, 'a list');
    expect(odd.message).toContain(`: ${toe}.`);
  });

  it.each([undefined, 7, '', 'two words', '<b>', 'x'.repeat(65)])('is left out if it is none: %s', (toe) => {
    expect(said(toe)).toMatch(/Domo returned 400 \(no\)\.$/);
  });

  it('is left out if it holds a secret', () => {
    expect(said('fake-secret', (text) => text.replace('fake-secret', '(redacted)'))).not.toContain(
      'Trace id',
    );
  });
});

describe("Domo's page for addresses that are not on the allowlist", () => {
  const page = '<!DOCTYPE html><html><head>\n<title>Domo - Blocked</title></head><body>1.2.3.4</body></html>';
  it.each<[string, Answer]>([
    ['with a success', { status: 200, body: page }],
    ['with a refusal', { status: 403, body: page }],
    ['behind a redirect', { status: 303, body: '', headers: { location: '/whitelist/blocked?x=1' } }],
  ])('is recognized %s', (_, answer) => {
    for (const error of [unsuccessful(list, answer), unreadable(list, answer, 'a list')]) {
      expect(error).toMatchObject({ kind: 'refused', reason: 'blocked', definite: false });
      expect(error.message).toContain('allowlist');
      expect(error.message).not.toContain('1.2.3.4');
    }
  });

  it.each<[string, Answer]>([
    ['another title', { status: 200, body: '<title>Domo</title><p>Domo - Blocked</p>' }],
    ['another address', { status: 303, body: '', headers: { location: '/auth/index' } }],
  ])('is not taken from %s', (_, answer) => {
    expect(unreadable(list, answer, 'a list').reason).toBeUndefined();
  });
});

const answered = (body: string): Answer => ({ status: 400, body });

describe('excerpt', () => {
  it.each([
    ['a message', '{"status":400,"message":"Unknown scope"}', 'Unknown scope'],
    ['a status reason', '{"statusReason":"Bad Request"}', 'Bad Request'],
    ['an OAuth error', '{"error":"invalid_scope","error_description":"No such scope"}', 'No such scope'],
    ['an empty message, then another', '{"message":"","error":"oops"}', 'oops'],
    ['a JSON text', '"just words"', 'just words'],
    ['plain text', ' Forbidden\n', 'Forbidden'],
    ['several lines and controls', 'one\r\n\ttwo\u001b[31m three\u202e four', 'one two [31m three four'],
    ['a long hex', `the token ${'0123abcd'.repeat(4)} is bad`, 'the token (redacted) is bad'],
    ['a UUID', 'client 0123ABCD-0123-4567-89ab-0123456789ab', 'client (redacted)'],
    ['a mixed one', `bad ${'aB3_'.repeat(8)}!`, 'bad (redacted)!'],
    [
      'a long name',
      'terraform-reporting-production-2026 exists',
      'terraform-reporting-production-2026 exists',
    ],
    ['nothing', '', ''],
    ['null', 'null', ''],
    ['a list', '[{"message":"inside"}]', ''],
    ['an object without words', '{"clientSecret":"fake-secret"}', ''],
    ['a page', '<!DOCTYPE html><html><body>Sign in</body></html>', ''],
    ['a page in a message', '{"message":"<b>bold</b>"}', ''],
  ])('shows %s', (_what, body, shown) => {
    expect(excerpt(answered(body))).toBe(shown);
  });

  it('is quick on a large body', () => {
    expect(excerpt(answered(' '.repeat(20_000_000)))).toBe('');
  });

  it('is cut at 200 characters, never inside of one', () => {
    const cut = excerpt(answered('\u{1f511}'.repeat(500)));
    expect([...cut]).toHaveLength(200);
    expect(cut).toBe(`${'\u{1f511}'.repeat(199)}…`);
  });
});

describe('an excerpt of an answer that repeats a known secret', () => {
  const password = 'fake pass word 0123 & A1B2c3D4e5F6g7H8i9J0k1L2';
  const log = openLog('fake-plugin', 'off');
  log.hide(password);
  const said = (body: string) =>
    excerpt({ status: 400, body, redact: (text) => log.redact(text, 'foreign') });

  it('has none of it, wherever the excerpt is cut', () => {
    for (let before = 100; before < 220; before++) {
      const shown = said(JSON.stringify({ message: `${'x '.repeat(before / 2)}${password}` }));
      expect(shown).toMatch(/^[x ]{99,199}((\(redacted\))|\(?r?e?d?a?c?t?e?d?…|…)$/);
    }
  });

  it.each([
    ['in several lines', `no "${password.replaceAll(' ', '\r\n\t')}"`],
    ['of which a part looks like a credential', `no "${password}"`],
    ['with characters that are not shown', `no "${[...password].join('\u200b')}"`],
    ['in a URL', `no "${encodeURIComponent(password)}"`],
    ['in HTML that stands in JSON', JSON.stringify({ message: `no "${password.replace('&', '&amp;')}"` })],
    ['in a body that was cut off', `{"message": "no \\"${password.slice(0, 30)}`],
  ])('%s', (_, body) => {
    expect(said(body)).toMatch(/^(no "\(redacted\)"|\{"message": "no \\"\(redacted\))$/);
  });

  it('though a body of this length is no error message', () => {
    expect(said(`${' '.repeat(65_000)}no "${password}"`)).toBe('');
    expect(said(' '.repeat(65_537) + password)).toBe('');
  });
});

describe('unreadable answers', () => {
  it('returns what JSON says', () => {
    expect(parseJson(list, { status: 200, body: '[1]' }, 'a JSON array')).toEqual([1]);
  });

  it('names endpoint and expectation, and shows nothing of the body', () => {
    const answer = { status: 201, body: 'clientSecret=fake-secret' };
    let thrown: unknown;
    try {
      parseJson(list, answer, 'a JSON object');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ kind: 'unreadable', status: 201 });
    expect(String(thrown)).toContain('GET /api/identity/v1/developer-tokens');
    expect(String(thrown)).toContain('a JSON object');
    expect(String(thrown)).not.toContain('fake-secret');
    expect((thrown as Error).cause).toBeUndefined();
    expect(unreadable(list, answer, 'the field "id"').message).toContain('the field "id"');
  });
});

it('says why something was given up, and keeps the reason as the cause', () => {
  const reason = new Error('Terraform was interrupted');
  const error = aborted(list, AbortSignal.abort(reason), 'before it was sent');
  expect(error).toMatchObject({ kind: 'aborted', cause: reason });
  expect(error.message).toContain('aborted before it was sent: Terraform was interrupted');
});
