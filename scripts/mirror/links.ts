import { lstatSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Makes sure that what is written to, or removed from, these paths really lies below the folder: a link in a folder
 * that others can write to would lead to any file of whoever installs. The folder itself may be a link, or lie behind
 * one: that is the choice of whoever named it.
 *
 * @throws with the first path below the folder, a file or a folder on the way to one, that is a symbolic link
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
