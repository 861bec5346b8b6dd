import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attributes as clientAttributes } from '../../../provider/domo/api-client/schema';
import { attributes as providerAttributes } from '../../../provider/domo/provider-block/schema';

const room = resolve(__dirname, '../../../provider/domo/api');
const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Arguments whose names are words that any client of Domo would use. */
const wordsOfDomo = ['id', 'name', 'description', 'scopes', 'instance', 'username', 'password'];
const argumentNames = Object.keys({ ...providerAttributes, ...clientAttributes }).filter(
  (name) => !wordsOfDomo.includes(name),
);
const foreign = new RegExp(`\\b(${argumentNames.join('|')})\\b|DOMO_|terraform|tofu|\\bhcl\\b`, 'gi');

/** A field of OAuth's answer has the name of an argument, too. */
const fieldOfOAuth = /'access_token'/g;

const foreignWords = (source: string) => source.replace(fieldOfOAuth, '').match(foreign) ?? [];

it.each(files)(
  '%s could be used without Terraform: it names no argument, no variable and not Terraform',
  (file) => {
    expect(foreignWords(readFileSync(join(room, file), 'utf8'))).toEqual([]);
  },
);

it('sees every such word, and none in the headers of Domo', () => {
  const text = "// Check access_token (DOMO_ACCESS_TOKEN) or base_url; Terraform's timeouts";
  expect(foreignWords(text)).toEqual(['access_token', 'DOMO_', 'base_url', 'Terraform', 'timeouts']);
  expect(foreignWords("'X-DOMO-Developer-Token': token, requestTimeout, error_description")).toEqual([]);
  expect(foreignWords("fields.get('access_token')")).toEqual([]);
});
