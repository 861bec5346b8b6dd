import type { Built } from './build';
import type { Release } from './version';

/**
 * The text of a release: what is new, and what was and was not tried with these very files. The workflow that signs the
 * checksums replaces the last sentence.
 */
export function releaseNotes(release: Release, built: readonly Built[]): string {
  const rows = built.map(({ file, checked, run }) => `| \`${file}\` | ${checked} | ${run} |`);
  const from = release.rehearsal
    ? `A rehearsal on top of commit ${release.commit}. Not for publication.`
    : `Built from commit ${release.commit}; the same commit gives the same checksums.`;
  return `${release.changes}

## How these files were tested

Each executable was checked as a file, and started if the build machine could run it.

| file | checked | started |
|---|---|---|
${rows.join('\n')}

${from} The checksums are **not signed**.
`;
}
