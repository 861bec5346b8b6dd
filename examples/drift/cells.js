// How facts.js writes a text into a line, as facts.jq does.

const { join } = require('node:path');
const { byCharacter, objectsIn, shapes } = require(join(__dirname, 'shapes.js'));

/** What must not be in a message. Longest first: one may be the beginning of another. */
function secretsOf(document) {
  const inVariables = Object.entries(process.env)
    .filter(([name]) => /^DOMO_(ACCESS_TOKEN|DEVELOPER_TOKEN|PASSWORD)(_|$)/.test(name))
    .map(([, value]) => value);
  const held = [...objectsIn(document)].flatMap((each) => [each.client_secret, each.client_id]);
  return [...new Set([...held, ...inVariables])]
    .filter((each) => typeof each === 'string' && [...each].length > 3)
    .sort((one, other) => [...other].length - [...one].length || byCharacter(one, other));
}

const uuid = /([0-9a-fA-F]{8})-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/g;

const hidden = (message, secrets) =>
  secrets.reduce((shown, secret) => shown.split(secret).join('(redacted)'), message).replace(uuid, '$1…');

const invisible = shapes.invisible.map((range) => [...range].map((character) => character.codePointAt(0)));
const short = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function isSeen(character) {
  const point = character.codePointAt(0);
  return point > 31 && !invisible.some(([from, to]) => from <= point && point <= to);
}

const unit = (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What cannot be seen, or turns round what can, is escaped as in JSON. Only quotation marks stay as they are. */
const cell = (text) =>
  [...text].map((each) => short[each] ?? (isSeen(each) ? each : each.split('').map(unit).join(''))).join('');

module.exports = { cell, hidden, secretsOf };
