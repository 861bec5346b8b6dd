// Compares JSON with the shapes of shapes.json, as facts.jq does: the key "name?" may be left out or null, and "*" is
// any name.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const shapes = JSON.parse(readFileSync(join(__dirname, 'shapes.json'), 'utf8'));

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The order of jq. */
const byCharacter = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Beyond 2^53 a number is not the same for every reader of JSON. */
const isId = (value) => typeof value === 'string' || Number.isSafeInteger(value);

/** The places where a value is not what a shape says. */
function* misfits(value, shape, at) {
  if (isObject(shape)) {
    if (isObject(value)) yield* misfitsOfObject(value, shape, at);
    else yield at;
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) yield at;
    else for (const [index, each] of value.entries()) yield* misfits(each, shape[0], `${at}[${index}]`);
  } else if (shape !== 'anything' && !(shape === 'id' && isId(value)) && typeOf(value) !== shape) {
    yield at;
  }
}

function* misfitsOfObject(value, shape, at) {
  for (const key of Object.keys(shape).sort(byCharacter)) {
    const name = key.replace(/\?$/, '');
    if (key === '*') {
      for (const each of Object.keys(value).sort(byCharacter)) {
        yield* misfits(value[each], shape[key], `${at}.${each}`);
      }
    } else if (key === name || (value[name] ?? null) !== null) {
      yield* misfits(value[name] ?? null, shape[key], `${at}.${name}`);
    }
  }
}

const fits = (value, shape) => misfits(value, shape, '').next().done;

/** Every object within a value, the value included. */
function* objectsIn(value) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

module.exports = { byCharacter, fits, isObject, misfits, objectsIn, shapes };
