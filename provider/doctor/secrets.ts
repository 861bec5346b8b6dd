/** What must not be in the report, however it got into an answer. */
export interface Secrets {
  hide(secret: string): void;
  /** The text with every hidden value replaced, as it is, in JSON and percent-encoded. */
  scrub(text: string): string;
}

/** A shorter value would be found in the middle of ordinary words. */
const shortest = 4;

export function createSecrets(): Secrets {
  const hidden = new Set<string>();
  return {
    hide(secret) {
      if (secret.length < shortest) return;
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        hidden.add(form);
    },
    scrub(text) {
      // The longest first, so that no part of one is left over where another one is in it.
      const all = [...hidden].sort((a, b) => b.length - a.length);
      return all.reduce((rest, secret) => rest.replaceAll(secret, '(redacted)'), text);
    },
  };
}
