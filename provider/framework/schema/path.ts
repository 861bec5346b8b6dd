/** One step into a value: an object's attribute, a map's key, a list's index, or some element of a set. */
export type Step =
  | { readonly attribute: string }
  | { readonly key: string }
  | { readonly index: number }
  | { readonly element: true };

/** A place in the configuration of a resource or provider; `[]` is the whole of it. */
export type Path = readonly Step[];

export const root: Path = [];

export function attributePath(path: Path, name: string): Path {
  return [...path, { attribute: name }];
}

/** The path as it is written in HCL: `timeouts.create`, `rules[0].name`, `labels["team"]`. */
export function formatPath(path: Path): string {
  return path.reduce((text, step) => {
    if ('attribute' in step) return text === '' ? step.attribute : `${text}.${step.attribute}`;
    if ('key' in step) return `${text}[${JSON.stringify(step.key)}]`;
    if ('index' in step) return `${text}[${step.index}]`;
    return `${text}[element]`;
  }, '');
}
