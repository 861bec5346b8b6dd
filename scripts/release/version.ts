import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { providerVersion } from '../mirror';
import { readChangelog, sectionToRelease } from './changelog';

/** What is being released, and from what. */
export interface Release {
  readonly version: string;
  /** What CHANGELOG.md says about it. */
  readonly changes: string;
  readonly commit: string;
  /** Of the commit: everything that is packed carries this time. */
  readonly date: Date;
  /** Only to try it out, not for publication. */
  readonly rehearsal: boolean;
}

/** How a release is asked for. */
export interface ReleaseOptions {
  /** Accepts a working tree with changes, and a changelog without a section for the version. */
  readonly rehearsal: boolean;
  /** The tag that the release is built for, such as `v1.2.3`; undefined if there is none yet. */
  readonly tag: string | undefined;
}

/** @throws with a sentence for a person if this working tree is not ready to be released */
export function readRelease({ rehearsal, tag }: ReleaseOptions): Release {
  const version = providerVersion();
  if (tag && tag !== `v${version}`) {
    throw new Error(`The tag is ${tag}, and package.json says ${version}: the tag must be v${version}.`);
  }
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const changes = rehearsal ? newestText(changelog) : sectionToRelease(changelog, version).text;
  const changed = git('status', '--porcelain');
  if (changed && !rehearsal) {
    throw new Error(
      `The working tree has changes, but a release is made from a commit:\n${changed}\n` +
        'Commit or remove them. REHEARSAL=1 builds it anyway, to try it out.',
    );
  }
  const [commit = '', seconds = ''] = git('log', '-1', '--format=%H %ct').split(' ');
  return { version, changes, commit, date: new Date(Number(seconds) * 1000), rehearsal };
}

const newestText = (changelog: string): string =>
  readChangelog(changelog).find(({ text }) => text !== '')?.text ?? '';

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}
