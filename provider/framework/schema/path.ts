/** One step into a value: an attribute of an object, a key of a map, an index of a list, or a set's element. */
export type Step =
  | { readonly attribute: string }
  | { readonly key: string }
  | { readonly index: number }
  | { readonly element: true };

/** Where in a resource's or provider's configuration something is; `[]` is the whole of it. */
export type Path = readonly Step[];

export const root: Path = [];

const topLevel = new Map<string, Path>();

export function attributePath(path: Path, name: string): Path {
  if (path !== root) return [...path, { attribute: name }];
  // Every value that is read, planned or written asks for these, a hundred times for one resource.
  const known = topLevel.get(name);
  if (known) return known;
  const made = [{ attribute: name }];
  topLevel.set(name, made);
  return made;
}

/** The path as a person writes it in HCL: `timeouts.create`, `rules[0].name`, `labels["team"]`. */
export function formatPath(path: Path): string {
  return path.reduce((text, step) => {
    if ('attribute' in step) return text === '' ? step.attribute : `${text}.${step.attribute}`;
    if ('key' in step) return `${text}[${JSON.stringify(step.key)}]`;
    if ('index' in step) return `${text}[${step.index}]`;
    return `${text}[element]`;
  }, '');
}
