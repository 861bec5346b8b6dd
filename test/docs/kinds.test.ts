import { pages } from '../../scripts/docs/pages';
import { removeTempFolders, tempFolder } from '../support/temp';
import { testProvider } from '../support/test-provider/provider';

afterAll(removeTempFolders);

// Of the tests' own provider, since the product need not have every kind. There are no examples in the folder.
const written = pages(testProvider, tempFolder('pages'));
const page = (path: string) => written.get(`docs/${path}.md`) ?? '';

it('a function has a signature and its arguments in their order', () => {
  expect(page('functions/join_words')).toContain(`# join_words (Function)

Joins words with a separator between them.

## Signature

\`\`\`text
join_words(separator String, words String...) String
\`\`\`

## Arguments

- \`separator\` (String) What comes between.
- \`words\` (String, variadic) The words. Must be non-empty.
`);
  expect(page('functions/first_of')).toContain('- `value` (String, nullable) The value.');
});

it('a function describes the inside of an object, and that it is deprecated', () => {
  const text = page('functions/label_of');
  expect(text).toContain('**Deprecated:** Write labels yourself.');
  expect(text).toContain('- `thing` (Object) The thing. See [below](#inside--thing).');
  expect(text).toMatch(
    /### Inside `thing`.*#### Required.*- `name`.*- `count` \(Number\) How many. Default: `1`./s,
  );
  expect(text).toContain('### Inside `thing.parts`');
});

it('an ephemeral resource and an action have a schema like a resource', () => {
  expect(page('ephemeral-resources/lease')).toMatch(
    /^---\npage_title: "test_lease Ephemeral Resource - test".*- `token` \(String, sensitive\) The token./s,
  );
  expect(page('actions/notify')).toMatch(
    /^---\npage_title: "test_notify Action - test".*- `code` \(String, sensitive, write-only\) A secret./s,
  );
});
