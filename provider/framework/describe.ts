import type { Attribute } from './attributes';

/** An attribute's description together with what the schema itself knows: its default, and what a change means. */
export function describe(attribute: Attribute): string {
  const notes = attribute.plan.map((modifier) => modifier.note).filter((note) => note !== '');
  const defaults =
    attribute.default === undefined ? [] : [`Defaults to \`${JSON.stringify(attribute.default)}\`.`];
  return [attribute.description, ...defaults, ...notes].join(' ');
}
