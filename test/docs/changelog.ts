const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
const released = /^## \[(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\] - (\d{4}-\d{2}-\d{2})$/;

interface Release {
  readonly name: string;
  readonly version: readonly number[];
  readonly date: string;
}

/** What of a changelog is not in the form of Keep a Changelog; a line number is in front where there is one. */
export function problems(text: string, version: string): string[] {
  const lines = text.split('\n');
  const releases = lines.flatMap((line): Release[] => {
    const [, major, minor, patch, date = ''] = released.exec(line) ?? [];
    if (major === undefined) return [];
    return [{ name: `${major}.${minor}.${patch}`, version: [major, minor, patch].map(Number), date }];
  });
  return [...headings(lines), ...sections(lines), ...order(releases, version), ...links(lines, releases)];
}

function headings(lines: readonly string[]): string[] {
  const found: string[] = [];
  if (lines[0] !== '# Changelog') found.push('1: the first line is not "# Changelog"');
  const [first] = lines.filter((line) => line.startsWith('## '));
  if (first !== '## [Unreleased]') found.push('the first section is not "## [Unreleased]"');
  for (const [index, line] of lines.entries()) {
    if (/^#{1,2} /.test(line) && index > 0 && line !== '## [Unreleased]' && !released.test(line)) {
      found.push(`${index + 1}: "${line}" is not "## [X.Y.Z] - YYYY-MM-DD"`);
    }
  }
  if (lines.filter((line) => line === '## [Unreleased]').length > 1) found.push('there are two [Unreleased]');
  return found;
}

/** The kinds of change: only the six, each once in a version, none empty, nothing outside of them. */
function sections(lines: readonly string[]): string[] {
  const found: string[] = [];
  let seen: string[] = [];
  let entries: number | undefined;
  const close = (index: number): void => {
    if (entries === 0) found.push(`${index}: "${seen.at(-1)}" ends without an entry`);
    entries = undefined;
  };
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('## ')) {
      close(index);
      seen = [];
    } else if (line.startsWith('#') && index > 0) {
      close(index);
      const kind = line.replace('### ', '');
      if (!kinds.includes(kind)) found.push(`${index + 1}: "${line}" is not one of ${kinds.join(', ')}`);
      if (seen.includes(kind)) found.push(`${index + 1}: there is a second "${kind}" in this version`);
      seen.push(kind);
      entries = 0;
    } else if (line.startsWith('- ')) {
      if (entries === undefined) found.push(`${index + 1}: this entry stands under no kind of change`);
      else entries += 1;
    }
  }
  close(lines.length);
  return found;
}

/** Newest first, and the newest is what package.json says. */
function order(releases: readonly Release[], version: string): string[] {
  const found = releases.flatMap(({ name, date }) => {
    const parsed = new Date(`${date}T00:00:00Z`);
    const isDay = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
    return isDay ? [] : [`${name}: there is no day ${date}`];
  });
  for (const [index, older] of releases.slice(1).entries()) {
    const newer = releases[index];
    if (!newer) continue;
    if (compare(newer.version, older.version) <= 0) found.push(`${newer.name} stands above ${older.name}`);
    if (newer.date < older.date) found.push(`${newer.name} is dated before ${older.name}`);
  }
  const [newest] = releases;
  if (newest && newest.name !== version)
    found.push(`the newest is ${newest.name}; package.json says ${version}`);
  return found;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const [difference = 0] = a.map((part, index) => part - (b[index] ?? 0)).filter((one) => one !== 0);
  return difference;
}

/** Where headings have link references, each belongs to one. */
function links(lines: readonly string[], releases: readonly Release[]): string[] {
  const names = ['Unreleased', ...releases.map(({ name }) => name)];
  return lines.flatMap((line, index) => {
    const [, name = ''] = /^\[([^\]]+)\]:/.exec(line) ?? [];
    return name && !names.includes(name) ? [`${index + 1}: the link [${name}] belongs to no heading`] : [];
  });
}
