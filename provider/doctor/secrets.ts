import { createRedaction } from '../redaction/redact';

/** What must not be in the report, however it got into an answer. */
export interface Secrets {
  hide(secret: string): void;
  /** The text with every hidden value replaced, however it is written. */
  scrub(text: string): string;
}

/** A shorter value would be found in the middle of ordinary words. */
const shortest = 4;

export function createSecrets(): Secrets {
  const redaction = createRedaction();
  return {
    hide(secret) {
      if (secret.length >= shortest) redaction.hide(secret);
    },
    scrub: (text) => redaction.redact(text),
  };
}
