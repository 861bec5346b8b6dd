/** The same function, which works out few things twice: of a long text most escapes are the same. */
export function remembered(work: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    let result = results.get(text);
    if (result === undefined) {
      result = work(text);
      // Not without bounds: the texts are those of others.
      if (results.size >= 10_000) results.clear();
      results.set(text, result);
    }
    return result;
  };
}
