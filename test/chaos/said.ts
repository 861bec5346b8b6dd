import type { Result } from '../support/terraform';

/** What a command said of a client or, without a name, its errors: so that a failed test says why something was left. */
export function saidBy({ text }: Result, name?: string): string {
  const messages = text
    .split(/(?=\b(?:Error|Warning): )/)
    .filter((each) =>
      name === undefined ? each.startsWith('Error: ') : each.includes(`"${name}"`) && /^\w+: /.test(each),
    );
  return messages.join(' ') || 'nothing';
}
