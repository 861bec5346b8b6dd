import fc from 'fast-check';
import { createRedaction } from '../../../provider/redaction/redact';
import { leastCosts } from '../../support/least-costs';

const secret = 'fake "p&ss" wörd/+%4\\9-Zq';

function redact(text: string, ...secrets: string[]): string {
  const redaction = createRedaction();
  for (const each of secrets) redaction.hide(each);
  return redaction.redact(text);
}

const each = (text: string, write: (character: string) => string) => [...text].map(write).join('');
const bytes = (text: string, write: (hex: string) => string) =>
  [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('');
const code = (character: string) => character.codePointAt(0) ?? 0;

const names: Record<string, string> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  '/': 'sol',
  ' ': 'nbsp',
  ö: 'ouml',
  é: 'eacute',
};

const quotedPrintable = (text: string) =>
  each(text, (c) => (/[!-<>-~ ]/.test(c) ? c : bytes(c, (hex) => `=${hex.toUpperCase()}`)));

/** Ways of writing a text, each of which keeps all of it. */
const encoders: Record<string, (text: string) => string> = {
  'in JSON': (text) => JSON.stringify(text).slice(1, -1),
  'in JSON for ASCII alone': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in JSON, all escaped': (text) =>
    text.replace(/[\s\S]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  'in a URL': (text) => encodeURIComponent(text),
  'in a form': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'in a URL, all escaped': (text) => bytes(text, (hex) => `%${hex}`),
  'in a URL, in small letters': (text) =>
    encodeURIComponent(text).replace(/%../g, (found) => found.toLowerCase()),
  'in HTML': (text) => each(text, (c) => (names[c] ? `&${names[c]};` : c)),
  'in HTML, in decimals': (text) => each(text, (c) => `&#${code(c)};`),
  'in HTML, in hex': (text) => each(text, (c) => `&#x${code(c).toString(16)};`),
  'in NFC': (text) => text.normalize('NFC'),
  'in NFD': (text) => text.normalize('NFD'),
  'in NFKC': (text) => text.normalize('NFKC'),
  'in NFKD': (text) => text.normalize('NFKD'),
  'with blanks that do not break': (text) => text.replaceAll(' ', '\u00a0'),
  'with more blanks': (text) => text.replaceAll(' ', ' \t '),
  'without its blanks': (text) => text.replaceAll(' ', ''),
  'in capitals': (text) => text.toUpperCase(),
  'in quoted-printable': (text) => quotedPrintable(text),
  'in quoted-printable, in short lines': (text) =>
    quotedPrintable(text).replace(/(?:=..|[^=]){9}/g, '$&=\r\n'),
  'in escaped bytes': (text) => bytes(text, (hex) => `\\x${hex}`),
};

/** A character in the middle of a text at every so many places. */
const dividers: Record<string, string> = {
  'a line break': '\n',
  'a line break of Windows': '\r\n',
  'a line break and an indentation': ' \r\n        ',
  'a tab': '\t',
  'a zero-width space': '\u200b',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a mark of direction': '\u202e',
  'a zero': '\0',
};
const divided = (text: string, by: string, every: number) =>
  text.replace(new RegExp(`.{${every}}(?=.)`, 'gsu'), `$&${by}`);

describe('a hidden value is taken out', () => {
  it.each(Object.keys(encoders))('%s', (name) => {
    const written = encoders[name]?.(secret) ?? '';
    expect(redact(`it is <${written}>, they say`, secret)).toBe('it is <(redacted)>, they say');
  });

  it.each(Object.entries(dividers))('with %s in it', (_, divider) => {
    expect(redact(`<${divided(secret, divider, 3)}>`, secret)).toBe('<(redacted)>');
    // In the middle of an escape, too.
    expect(redact(`<${divided(encodeURIComponent(secret), divider, 2)}>`, secret)).toBe('<(redacted)>');
  });

  it.each(['_', '-', '.', '+'])('with %j in place of blanks', (other) => {
    expect(redact(`<${secret.replaceAll(' ', other)}>`, secret)).toBe('<(redacted)>');
  });

  it.each(['', 'a', 'ab', 'user@acme.com'])('in Base64 after the name %j', (name) => {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const header = `Basic ${Buffer.from(`${name}:${secret}`).toString(alphabet)}`;
      // A character at each end can stand for parts of two bytes.
      expect(redact(header, secret)).toMatch(/^Basic [\w+/-]*\(redacted\)[\w+/-]?=*$/);
    }
    expect(redact(Buffer.from(secret).toString('base64'), secret)).toMatch(/^\(redacted\)[\w+/]?=*$/);
  });

  it.each([':', '-', ':\n    '])('in hex with %j between the bytes', (separator) => {
    const hex = bytes(secret, (byte) => `${byte}${separator}`).slice(0, -separator.length);
    expect(redact(`<${hex}>`, secret)).toBe('<(redacted)>');
    expect(redact(`<${hex.toUpperCase()}>`, secret)).toBe('<(redacted)>');
  });

  it.each<[string, (text: string) => string]>([
    ['in SQL', (text) => text.replaceAll("'", "''")],
    ['in CSV', (text) => text.replaceAll('"', '""')],
    ['in both', (text) => text.replace(/['"]/g, '$&$&')],
    ['in a shell', (text) => text.replaceAll("'", `'\\''`)],
    ['in a shell, in quotation marks', (text) => text.replaceAll("'", `'"'"'`)],
  ])('with quotation marks as they are written %s', (_, write) => {
    const quoted = `fake'one"two'three"four`;
    expect(redact(`<${write(quoted)}>`, quoted)).toBe('<(redacted)>');
  });

  it('as it is meant where it is hidden escaped', () => {
    expect(redact('fake pass & word', 'fake%20pass%20&amp;%20word')).toBe('(redacted)');
  });

  it('in bytes as Node.js shows them', () => {
    const all = 'fake-password-0123456789abcdef0123456789abcdef0123456789abcdef0123456789';
    expect(redact(`write ${require('node:util').inspect(Buffer.from(all))}`, all)).toBe(
      'write <Buffer (redacted) ... 22 more bytes>',
    );
  });

  it('also where what stands before it could be an escape together with it', () => {
    expect(redact('100%41abcdef', '41abcdef')).toBe('100%(redacted)');
    expect(redact('ACME\\nick-secret!', 'nick-secret!')).toBe('ACME\\(redacted)');
    expect(redact('ACME%5Cnick-secret%21', 'nick-secret!')).toBe('ACME%5C(redacted)');
    expect(redact('100%\nabcdef%21%3F', 'abcdef!?')).toBe('100%\n(redacted)');
  });

  it('as a whole where it contains another one, or overlaps it', () => {
    const texts = ['fake-token-long and fake-token', 'fake-token-longer'];
    const hidden = ['fake-token', 'fake-token-long', 'long'];
    expect(texts.map((text) => redact(text, ...hidden))).toEqual([
      '(redacted) and (redacted)',
      '(redacted)er',
    ]);
    expect(redact('fake-one-two-three', 'fake-one-two', 'two-three')).toBe('(redacted)');
  });

  it('as often as it is there', () => {
    expect(redact('fake-1, fake-1 and fake-2', 'fake-1', 'fake-2')).toBe(
      '(redacted), (redacted) and (redacted)',
    );
  });
});

describe('a text that was cut in the middle of a hidden value', () => {
  const token = 'Fake%Token&0123';
  it.each([
    ['Fake%Tok', '(redacted)'],
    ['it is Fake%Token&', 'it is (redacted)'],
    ['it is "Fake%Token…"', 'it is "(redacted)…"'],
    ['it is Fake%Token... That is wrong.', 'it is (redacted)... That is wrong.'],
    ['it is Fake%Token&hellip; no', 'it is (redacted)&hellip; no'],
    ['it is Fake%25Token%2', 'it is (redacted)%2'],
    ['it is &#70;ake%Token&#4', 'it is (redacted)#4'],
    ['it is \\u0046ake%Token\\u00', 'it is (redacted)\\u00'],
    [Buffer.from(token).toString('base64').slice(0, 10), '(redacted)'],
    ['it is Fake', 'it is Fake'],
    ['Fake%Token is not cut', 'Fake%Token is not cut'],
  ])('%s becomes %s', (text, clean) => {
    expect(redact(text, token)).toBe(clean);
  });
});

describe('a text of which the beginning of a hidden value was cut off', () => {
  const token = 'Fake%Token&0123-Last';
  it.each([
    ['…Token&0123-Last is wrong', '…(redacted) is wrong'],
    ['it is ...Token&0123-Last, they say', 'it is ...(redacted), they say'],
    ['it is "…" or […"ken&0123-Last"]', 'it is "…" or […"(redacted)"]'],
    ['Token&0123-Last is wrong', '(redacted) is wrong'],
    ['  "23-Last"', '  "23-Last"'],
    ['...5Token%260123-Last!', '...5(redacted)!'],
    ['&hellip;ken&amp;0123-Last', '&hellip;(redacted)'],
    [`...${Buffer.from(token).toString('hex').slice(9)}`, '...(redacted)'],
    ['it says that Token&0123-Last', 'it says that Token&0123-Last'],
    ['...Token&0123-La is cut twice', '...Token&0123-La is cut twice'],
  ])('%s becomes %s', (text, clean) => {
    expect(redact(text, token)).toBe(clean);
  });

  it('keeps a word with which a value happens to end', () => {
    for (const text of ['Password is wrong', '…passwords', 'instance: it is ...Instance-password'])
      expect(redact(text, 'fake-1-password', 'a_fake1_instance')).toBe(text);
    const long = 'fake-1-thisisonelongpassphrase';
    expect(redact('…thisisonelongpassphrase', long)).toBe('…(redacted)');
  });

  it('is quick with a long text of nothing but ends', () => {
    const hiding = (secrets: number) => {
      const redaction = createRedaction();
      for (let index = 0; index < secrets; index++) redaction.hide(`fake-${index}-of-many-secrets`);
      return redaction;
    };
    const text = '...of-many-secrets and so on, ...of many others, '.repeat(5_000);
    const [few, many] = [hiding(10), hiding(1_000)];
    expect(many.redact(text)).not.toContain('secrets');
    const [some = 0, all = 0] = leastCosts([() => few.redact(text), () => many.redact(text)], 3);
    // A hundred times as long where each value is looked for.
    expect(all).toBeLessThan(10 * some + 50);
  });
});

describe('a text without a hidden value', () => {
  it.each(['', 'plain', ' a b\n', '%41 \\u0041 &amp; &nothing; %zz \\q &#; %', 'Ünï\u200bcode 🔑'])(
    'stays as it is: %j',
    (text) => {
      expect(redact(text, secret, 'fake-token')).toBe(text);
      expect(redact(text)).toBe(text);
    },
  );
});

it('leaves values of fewer than 4 visible characters alone', () => {
  expect(redact('abcd a b c', '', 'abc', 'a b c', '    ')).toBe('abcd a b c');
});

it('leaves a find that is to be spared', () => {
  const redaction = createRedaction();
  redaction.hide('fake-token');
  const spared: string[] = [];
  const isSpared = (found: string) => spared.push(found) === 1;
  expect(redaction.redact('fake-token, FAKE-token', isSpared)).toBe('fake-token, (redacted)');
  expect(spared).toEqual(['fake-token', 'FAKE-token']);
});

it('takes a long text no longer for five thousand hidden values than for fifty', () => {
  const hiding = (count: number) => {
    const redaction = createRedaction();
    for (let index = 0; index < count; index++)
      redaction.hide(`fake-token-${(index * 7919).toString(16)}-secret`);
    return redaction;
  };
  const line = `${JSON.stringify({ id: 1, name: 'fake-token-of "x"', url: 'https://acme.domo.com/a%20b?c&amp;d' })}\n`;
  const text = line.repeat((1 << 20) / line.length);
  const works = [hiding(50), hiding(5000)].map(
    ({ redact }) =>
      () =>
        expect(redact(text)).toBe(text),
  );
  const [few = 0, many] = leastCosts(works);
  // Twice as long at most; searching for one value after the other takes forty times as long.
  expect(many).toBeLessThan(8 * few);
});

describe('whatever the secret and however it is written', () => {
  const isIgnored = (character: string) =>
    character.normalize('NFKD').replace(/[\p{M}\p{C}\p{Z}\s+\\]/gu, '') === '';
  const visible = (text: string) => [...text].filter((character) => !isIgnored(character)).join('');
  const secrets = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.string({ unit: 'grapheme-ascii' }) },
        fc.string({ unit: 'grapheme' }),
      ),
      {
        minLength: 1,
      },
    )
    // What is not compared stays at the ends of a value.
    .map((parts) => `k${parts.join('')}z`)
    .filter((text) => [...visible(text)].length >= 8);
  // The blanks of an indentation in an escape are no longer recognized once they are written as + or %20 themselves.
  const single = Object.keys(dividers).filter((name) => !name.endsWith('indentation'));
  const division = fc.tuple(fc.constantFrom(...single), fc.integer({ min: 1, max: 9 }));
  // Quoted-printable is undone where it stands alone, not within or around everything else.
  const combined = Object.keys(encoders).filter((name) => !name.startsWith('in quoted-printable'));
  const encodings = fc.array(fc.oneof(fc.constantFrom(...combined), division), { maxLength: 4 });
  const encode = (text: string, encoding: string | [string, number]) =>
    typeof encoding === 'string'
      ? (encoders[encoding]?.(text) ?? '')
      : divided(text, dividers[encoding[0]] ?? '', encoding[1]);
  // Words that no secret of eight characters is likely to share a run of six with.
  const surrounding = fc.array(
    fc.constantFrom('no ', '"', ', ', '\n', '{"x":"', '&amp; ', '%20', '🔑 ', '(', '…'),
  );

  it('nothing of it survives', () => {
    fc.assert(
      fc.property(secrets, encodings, surrounding, surrounding, (hidden, all, before, after) => {
        const [start, end] = [`${before.join('')} `, ` ${after.join('')}`];
        const clean = redact(start + all.reduce(encode, hidden) + end, hidden);
        // What surrounds it may by chance look like a part of it.
        const [first = '', ...others] = clean.split('(redacted)');
        expect([start.startsWith(first), others.length > 0]).toEqual([true, true]);
        expect(others.filter((rest) => !start.includes(rest) && !end.includes(rest))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
