import type { Built } from './build';
import type { Release } from './version';

/** The text of a release: what is new, and what was and was not tried of these very files. */
export function releaseNotes(release: Release, built: readonly Built[], signed: boolean): string {
  const rows = built.map(({ file, checked, run }) => `| \`${file}\` | ${checked} | ${run} |`);
  const from = release.rehearsal
    ? `A rehearsal on top of commit ${release.commit}. It is not for publication.`
    : `Built from commit ${release.commit}; the same commit gives the same checksums.`;
  const signature = signed
    ? 'The checksums are signed; gpg has verified the signature.'
    : 'The checksums are **not signed**.';
  return `${release.changes}

## What was tried of these files

Each executable was checked as a file, and started where the machine that built it could do that.

| file | checked | started |
|---|---|---|
${rows.join('\n')}

${from} ${signature}
`;
}
