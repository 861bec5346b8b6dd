/**
 * Keeps the keys of maps in a generated file as they are: the libraries turn every key that they can see into snake case, so that
 * an instance `acme-emea` would be configured as `acme_emea`. What is resolved later they do not see.
 *
 * @param source the file's text; the same text if it has no maps
 */
export function keepMapKeys(source: string): string {
  return source.replace(
    /^( +\w+: )((\w+)\.hashMapper\(\w+(?:\.\w+)?\)\(this\.\w+(?:\.internalValue)?\)),$/gm,
    '$1$3.Lazy.anyValue({ produce: () => $2 }),',
  );
}
