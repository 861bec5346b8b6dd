const call =
  /(?:errorDiagnostic|warningDiagnostic|\bfailure|(?<!log\.)\bwarn|context\.error)\(\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`)/g;
const anyCall =
  /(?<!function )(?:errorDiagnostic|warningDiagnostic|\bfailure|(?<!log\.)\bwarn|context\.error)\(\s*(?!['"`\s)]|summary\b|message\b)[^,)]*/g;
const table = /const summaries[^{]*\{(.*?)\};/s;
const constant = /const summary = `([^`]+)`/g;

/** The one-line summaries of the diagnostics in a source text, with … for what is filled in at run time. */
export function summariesIn(source: string): string[] {
  const called = [...source.matchAll(call)].map(([, ...quoted]) => quoted.find((text) => text !== undefined));
  const tabled = [...(table.exec(source)?.[1] ?? '').matchAll(/: (?:'([^']+)'|"([^"]+)")/g)];
  const named = [...source.matchAll(constant)].map(([, text]) => text);
  return [...called, ...tabled.map(([, single, double]) => single ?? double), ...named]
    .filter((text) => text !== undefined)
    .map((text) => text.replace(/\$\{[^}]*\}/g, '…'));
}

/** The calls whose title is no literal, so that {@link summariesIn} misses it; `summary` has been read elsewhere. */
export function unreadableIn(source: string): string[] {
  return [...source.matchAll(anyCall)].map(([call]) => call);
}
