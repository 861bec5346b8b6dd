/** What CHANGELOG.md says of one version. */
export interface Section {
  /** Without the `v`; undefined if it is not released yet. */
  readonly version: string | undefined;
  /** The text below the heading. */
  readonly text: string;
}

const released = /^\[(\d+\.\d+\.\d+(?:-[\w.-]+)?)\] - (\d{4}-\d\d-\d\d)$/;

/**
 * The sections of a changelog in the form of Keep a Changelog, the newest first.
 *
 * @throws at the first heading that is neither `## [Unreleased]` nor `## [X.Y.Z] - YYYY-MM-DD`
 */
export function readChangelog(text: string): Section[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    // The link references at the end of a changelog belong to no section.
    const body = lines
      .filter((line) => !/^\[[^\]]+\]: /.test(line))
      .join('\n')
      .trim();
    if (heading.trim().toLowerCase() === '[unreleased]') return { version: undefined, text: body };
    const [, version, date = ''] = released.exec(heading.trim()) ?? [];
    if (version === undefined || Number.isNaN(Date.parse(date))) {
      throw new Error(
        `CHANGELOG.md has the heading "## ${heading.trim()}". ` +
          'Headings are "## [Unreleased]" or "## [1.2.3] - 2026-01-31" (year, month, day).',
      );
    }
    return { version, text: body };
  });
}

/**
 * The section of the version to release: the newest that has a number.
 *
 * @throws if there is none, if it says nothing, or if it is not `expected`, the version in package.json
 */
export function sectionToRelease(text: string, expected: string): Section & { readonly version: string } {
  const newest = readChangelog(text).find(({ version }) => version !== undefined);
  const heading = `"## [${expected}] - ${new Date().toISOString().slice(0, 10)}"`;
  if (newest?.version === undefined) {
    throw new Error(
      `CHANGELOG.md has no section for a version. Put the heading ${heading} below "## [Unreleased]".`,
    );
  }
  if (newest.version !== expected) {
    throw new Error(
      `The newest version in CHANGELOG.md is ${newest.version}, and package.json says ${expected}. ` +
        `Make them agree: "npm version --no-git-tag-version ${newest.version}", or the heading ${heading}.`,
    );
  }
  if (newest.text === '') {
    throw new Error(`CHANGELOG.md has nothing below the heading of ${expected}. Say what is new.`);
  }
  return { version: newest.version, text: newest.text };
}
