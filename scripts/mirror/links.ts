import { lstatSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Makes sure that these paths really are below the folder, before something is written or removed there. If others can
 * write to the folder, a link in it could lead to any file of the person who installs. The folder itself may be a link,
 * or be reached through one: whoever named it has chosen that.
 *
 * @throws naming the first file, or folder on the way to one, that is a symbolic link
 */
export function refuseLinks(folder: string, paths: readonly string[]): void {
  const link = paths.flatMap((path) => onTheWay(folder, path)).find(isLink);
  if (link === undefined) return;
  throw new Error(
    `${link} is a symbolic link. Nothing is written or removed through one: remove the link, or choose another folder.`,
  );
}

/** The path itself, and the folders between the two, the outer ones first. */
function onTheWay(folder: string, path: string): string[] {
  const names = relative(folder, path).split(sep);
  return names.map((_, index) => join(folder, ...names.slice(0, index + 1)));
}

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
