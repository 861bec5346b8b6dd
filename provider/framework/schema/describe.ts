/**
 * An attribute's description, with what the schema itself knows: its rules, its default, where else the value
 * can come from, and what a change means. Editors and the documentation show it; it is Markdown.
 */
import type { Attribute } from './schema';

export function describe(attribute: Attribute): string {
  return [
    attribute.description,
    ...attribute.validate.map(({ subject, rule }) =>
      subject === undefined ? `${capitalised(rule)}.` : `${subject} ${rule}.`,
    ),
    ...defaultOf(attribute),
    ...environmentOf(attribute),
    ...attribute.plan.map((modifier) => modifier.note).filter((note) => note !== ''),
  ].join(' ');
}

function defaultOf({ default: value, defaultText }: Attribute): string[] {
  if (value !== undefined) return [`Default: \`${JSON.stringify(value)}\`.`];
  return defaultText === undefined ? [] : [`Default: ${defaultText}.`];
}

function environmentOf({ environment }: Attribute): string[] {
  if (environment.length === 0) return [];
  return [`Environment: ${environment.map((variable) => `\`${variable}\``).join(', else ')}.`];
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
