import { addressLabel, instanceName } from './addresses';

/**
 * One form for all texts that mean the same instance: `acme`, `ACME.domo.com` and `https://acme.domo.com/` are `acme`;
 * `http://LOCALHOST:8787/` is `localhost:8787`. Two texts mean the same exactly if their forms are equal.
 */
export function nameForm(text: string): string {
  const given = text.trim();
  const label = /^https?:\/\//i.test(given) ? labelOf(given) : given;
  const [, host = '', path = ''] = /^([^/]*)(.*)$/s.exec(label) ?? [];
  return instanceName(label) ?? host.toLowerCase() + path.replace(/(?<!\/)\/+$/, '');
}

function labelOf(address: string): string {
  try {
    return addressLabel(address);
  } catch {
    return address;
  }
}

/** What an entry's own variables end with: `ACME_EMEA` for `acme-emea`. */
export function variableSuffix(key: string): string {
  return key.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** Whether a text can be the name of an entry that has an address of its own. */
export function isEntryName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._:-]*$/i.test(text);
}
