import { readChangelog, sectionToRelease } from '../../scripts/release/changelog';

const head = '# Changelog\n\nWords.\n\n';
const full = `${head}## [Unreleased]

## [1.2.0] - 2026-03-01

### Added

- A thing.

## [1.1.0] - 2026-01-31

- Older.

[1.2.0]: https://example.com/1.2.0
`;

it('reads the sections, the newest first, without the references at the end', () => {
  expect(readChangelog(full)).toEqual([
    { version: undefined, text: '' },
    { version: '1.2.0', text: '### Added\n\n- A thing.' },
    { version: '1.1.0', text: '- Older.' },
  ]);
});

it('releases the newest version', () => {
  expect(sectionToRelease(full, '1.2.0')).toEqual({ version: '1.2.0', text: '### Added\n\n- A thing.' });
});

it.each([
  ['has no section for a version', `${head}## [Unreleased]\n\n- A thing.\n`],
  ['is 1.2.0, and package.json says 1.3.0', full],
  ['has nothing below the heading of 1.3.0', `${head}## [1.3.0] - 2026-03-01\n\n## [1.2.0] - 2026-02-01\n`],
  ['the heading "## 1.3.0"', `${head}## 1.3.0\n\n- A thing.\n`],
  ['the heading "## [1.3.0]"', `${head}## [1.3.0]\n\n- A thing.\n`],
  ['the heading "## [1.3.0] - 2026-13-01"', `${head}## [1.3.0] - 2026-13-01\n\n- A thing.\n`],
  ['the heading "## [1.3] - 2026-03-01"', `${head}## [1.3] - 2026-03-01\n\n- A thing.\n`],
])('refuses a changelog that %s', (sentence, text) => {
  expect(() => sectionToRelease(text, '1.3.0')).toThrow(sentence);
});
