import fc from 'fast-check';
import { maybeMangled, maybeSameText, maybeShownAs, sameText } from '../../../provider/domo/api/spelling';

const long = 'Reads the sales datasets into the warehouse each night. '.repeat(12).trim();

it.each([
  ['blanks at the ends', '  nightly export\n', 'nightly export'],
  ['runs of blanks', 'nightly   export', 'nightly export'],
  ['line breaks of Windows', 'one\r\ntwo', 'one\ntwo'],
  ['line breaks as blanks', 'one\ntwo\n', 'one two'],
  ['a tab', 'one\ttwo', 'one two'],
  ['a blank that does not break', 'one\u00a0two', 'one two'],
  ['an escaped &', 'R&D export', 'R&amp;D export'],
  ['escaped twice', 'R&D', 'R&amp;amp;D'],
  ['escaped brackets and quotes', `<a> "b" 'c'`, '&lt;a&gt; &quot;b&quot; &#39;c&#x27;'],
  ['an escape that is taken back', 'a &lt; b', 'a < b'],
  ['an emoji as ?', 'rocket 🚀 export', 'rocket ? export'],
  ['an emoji as two marks', 'rocket 🚀', 'rocket ??'],
  ['an emoji as the replacement character', 'rocket 🚀', 'rocket \uFFFD'],
  ['another script as ?', 'Bericht für Zürich', 'Bericht f?r Z?rich'],
  ['another Unicode form', 'Zu\u0308rich', 'Zürich'],
  ['characters that nobody sees', 'night\u200bly', 'nightly'],
  ['a cut at 255', long, long.slice(0, 255)],
  ['a cut at 100 and no blank at its end', long, long.slice(0, 100).trimEnd()],
  ['a cut at 128 with an ellipsis', long, `${long.slice(0, 127)}…`],
  ['a cut at 256 bytes', '日本語の説明'.repeat(30), '日本語の説明'.repeat(30).slice(0, 85)],
  ['a cut through an escape', `${'x'.repeat(60)}&&`, `${'x'.repeat(60)}&am`],
  ['a cut of a heredoc', `${long}\n`, long.slice(0, 500)],
  ['a cut at 120', long, long.slice(0, 120)],
  ['a cut at 30', long, long.slice(0, 30)],
  ['a cut anywhere, with three dots', long, `${long.slice(0, 114)}...`],
  ['an emoji left out', 'rocket 🚀 export', 'rocket export'],
  ['a cut at an emoji', 'rocket 🚀 export', 'rocket'],
  ['keys that are there twice', '{"b":1,"a":2,"b":3}', '{"a":2,"b":3}'],
  ['halves of characters', '["\\ud800"]', '["\ufffd"]'],
  ['JSON with other blanks and order', '{"a":1, "b":[true,null]}', '{ "b": [true, null], "a": 1.0 }'],
])('Domo may show: %s', (_, given, shown) => {
  expect(maybeShownAs(given, shown)).toBe(true);
  expect(maybeSameText(shown, given)).toBe(true);
});

it.each([
  ['another word', 'nightly export', 'nightly import'],
  ['another letter case', 'Nightly', 'nightly'],
  ['nothing', 'nightly', ''],
  ['a longer text', 'nightly', 'nightly export'],
  ['an ordinary beginning', 'Reads the sales datasets.', 'Reads the'],
  ['a question mark too many', 'export', 'export?'],
  ['other words around a lost character', 'rocket 🚀 export', 'rocket ? import'],
  ['another emoji', 'rocket 🚀', 'rocket 🎉'],
  ['another number', '{"a":1}', '{"a":2}'],
  ['another order in a list', '[1,2]', '[2,1]'],
  ['nothing but the emoji', '🚀', ''],
  ['a beginning of no usual length', long, long.slice(0, 91).trim()],
  ['a cut of something else', long, `${long.slice(0, 99)}!`],
])('it is a difference: %s', (_, given, shown) => {
  expect(maybeShownAs(given, shown)).toBe(false);
});

it.each([
  ['tags left out', '<b>Sales</b> export', 'Sales export'],
  ['accents taken off', 'Bericht für Zürich', 'Bericht fur Zurich'],
  ['other scripts left out', 'export 日本 Zürich', 'export Zrich'],
  ['blanks replaced', 'nightly export', 'nightly_export'],
  ['another letter case', 'Nightly', 'NIGHTLY'],
])('a name may be mangled: %s', (_, given, shown) => {
  expect(maybeMangled(given, shown)).toBe(true);
});

it.each([
  ['another number', 'export 1', 'export 10'],
  ['another word', 'nightly export', 'nightly import'],
  ['another name of another script', '日本', '中国'],
])('a name is another: %s', (_, given, shown) => {
  expect(maybeMangled(given, shown)).toBe(false);
});

it.each([
  ['blanks', '{"a":"b","c":[]}', '{ "a" : "b",\n"c": [ ] }'],
  ['order', '{"a":1,"b":2}', '{"b":2,"a":1}'],
  ['numbers', '[1, 0.50, 1e3, -0, 12345678901234567890.0]', '[1.0, 5e-1, 1000, 0, 12345678901234567890]'],
  ['escapes', '["<&>", "ü"]', '["\\u003c\\u0026\\u003e", "\\u00fc"]'],
])('one JSON value, other %s: the same text', (_, a, b) => {
  expect(sameText(a, b)).toBe(true);
});

it.each([
  ['two numbers that only JavaScript takes for one', '[9007199254740993]', '[9007199254740992]'],
  ['a number and a text', '[1]', '["1"]'],
  ['a key that appears twice', '{"a":1,"a":2}', '{"a":2,"a":1}'],
  ['texts that are no JSON', '{a}', '{ a }'],
  ['JSON that is no object or array', '1.0', '1'],
  ['nesting without an end', '['.repeat(200_000), '[ '.repeat(200_000)],
])('%s: not the same text', (_, a, b) => {
  expect(sameText(a, b)).toBe(false);
});

it('any text may be shown as it is, with all respellings at once, and cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (text) => {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      expect(maybeShownAs(text, text)).toBe(true);
      expect(maybeShownAs(text, ` ${escaped.replace(/\s+/g, ' ')}\n`)).toBe(true);
      expect(maybeShownAs(`${text}${long}`, `${text}${long}`.slice(0, 256))).toBe(true);
    }),
  );
});
