import { randomBytes } from 'node:crypto';
import type { ClientSpec } from '../../domo/api/records';

/** An API client to be made and revoked, and how its texts are written. */
export interface Throwaway {
  readonly spec: ClientSpec;
  readonly spelling: string;
}

/**
 * What every name of one trial begins with, and nothing else: by it a client is found whose creation had no answer.
 * It is shorter than what is taken for a credential, so that Domo's words can be quoted.
 */
export const newMark = () => `doctor-${randomBytes(6).toString('hex')}`;

/**
 * The spellings to be tried, the oddest first: if Domo refuses one, the next is tried. They show what Domo does with
 * blanks, line breaks and `&`.
 */
export function throwaways(mark: string): readonly Throwaway[] {
  const description = ' Made by "terraform-provider-domo doctor",\nwhich revokes it  & is done. ';
  return [
    { name: `${mark}  a & b\nc `, description, spelling: 'blanks, "&" and a line break' },
    {
      name: `${mark}  a & b `,
      description,
      spelling: 'blanks and "&", with a line break in the description',
    },
    { name: mark, description: 'Made by terraform-provider-domo doctor', spelling: 'plain words' },
  ].map(({ spelling, ...texts }) => ({ spelling, spec: { ...texts, scopes: ['data'] } }));
}
