import { readFileSync } from 'node:fs';
import { providerVersion } from '../support/provider-build';
import { problems } from './changelog';

const good = `# Changelog

Words.

## [Unreleased]

## [0.2.0] - 2024-02-29

### Added

- Something,
  on two lines.

### Fixed

- Something.

## [0.1.10] - 2024-02-29

### Security

- Something.

[Unreleased]: https://example.com/compare/v0.2.0...HEAD
[0.2.0]: https://example.com/compare/v0.1.10...v0.2.0
`;

it('is in the form of Keep a Changelog, and its newest version is that of package.json', () => {
  expect(problems(readFileSync('CHANGELOG.md', 'utf8'), providerVersion())).toEqual([]);
});

it('finds nothing wrong with what is right', () => {
  expect(problems(good, '0.2.0')).toEqual([]);
});

it.each([
  ['a title of another name', '# Changelog', '# Changes', '1: the first line is not "# Changelog"'],
  ['no unreleased', '## [Unreleased]\n', '', 'the first section is not "## [Unreleased]"'],
  ['two unreleased', '## [Unreleased]', '## [Unreleased]\n\n## [Unreleased]', 'there are two [Unreleased]'],
  ['no brackets', '[0.2.0] -', '0.2.0 -', '7: "## 0.2.0 - 2024-02-29" is not "## [X.Y.Z] - YYYY-MM-DD"'],
  ['no date', '[0.2.0] - 2024-02-29', '[0.2.0]', '7: "## [0.2.0]" is not "## [X.Y.Z] - YYYY-MM-DD"'],
  ['a leading zero', '[0.2.0] -', '[0.02.0] -', 'is not "## [X.Y.Z] - YYYY-MM-DD"'],
  ['a day that is none', '[0.2.0] - 2024-02-29', '[0.2.0] - 2025-02-29', '0.2.0: there is no day 2025-02-29'],
  ['a version twice', '[0.1.10] -', '[0.2.0] -', '0.2.0 stands above 0.2.0'],
  ['a newer version below', '[0.1.10] -', '[0.10.0] -', '0.2.0 stands above 0.10.0'],
  ['an older date above', '[0.2.0] - 2024-02-29', '[0.2.0] - 2024-02-28', '0.2.0 is dated before 0.1.10'],
  ['a seventh kind', '### Fixed', '### Improved', '14: "### Improved" is not one of Added, Changed,'],
  ['a kind on another level', '### Fixed', '#### Fixed', '14: "#### Fixed" is not one of'],
  ['a kind twice', '### Fixed', '### Added', '14: there is a second "Added" in this version'],
  ['an empty kind', '### Fixed\n\n- Something.', '### Fixed', '15: "Fixed" ends without an entry'],
  ['an entry of no kind', '### Security\n', '', '21: this entry stands under no kind of change'],
  ['a link to nothing', '[0.2.0]: ', '[0.3.0]: ', '25: the link [0.3.0] belongs to no heading'],
])('finds %s', (_, before, after, problem) => {
  expect(good).toContain(before);
  expect(problems(good.replace(before, after), '0.2.0').join('\n')).toContain(problem);
});

it('finds a version that is not that of package.json', () => {
  expect(problems(good, '0.3.0')).toEqual(['the newest is 0.2.0; package.json says 0.3.0']);
});
