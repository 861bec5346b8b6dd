import type { ProviderFunction } from '../../provider/framework/function';
import { describe } from '../../provider/framework/schema/describe';
import { anchor, insides, typeName } from './schema';

/** A function's signature and arguments as Markdown, with a section for the inside of each object among them. */
export function functionSection({ name, definition }: ProviderFunction): string {
  const { parameters, returns, deprecated } = definition;
  const entries = Object.entries(parameters);
  const signature = entries.map(
    ([each, { type, isVariadic }]) => `${each} ${typeName({ type })}${isVariadic ? '...' : ''}`,
  );
  const parts = [
    ...(deprecated === undefined ? [] : [`**Deprecated:** ${deprecated}`]),
    `## Signature\n\n\`\`\`text\n${name}(${signature.join(', ')}) ${typeName({ type: returns })}\n\`\`\``,
    ...(entries.length === 0
      ? []
      : ['## Arguments', entries.map(line).join('\n'), ...insides(parameters, '')]),
  ];
  return parts.join('\n\n');
}

function line([name, parameter]: [string, ProviderFunction['definition']['parameters'][string]]): string {
  const notes = [
    typeName(parameter),
    ...(parameter.isVariadic ? ['variadic'] : []),
    ...(parameter.presence === 'optional' ? ['nullable'] : []),
  ];
  const inside = parameter.type.nested ? ` See [below](#${anchor(name)}).` : '';
  return `- \`${name}\` (${notes.join(', ')}) ${describe(parameter)}${inside}`;
}
