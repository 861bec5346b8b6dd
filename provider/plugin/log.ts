import { writeSync } from 'node:fs';
import type { Redaction } from '../redaction/redact';

/** What a log line holds besides its message. Undefined fields are left out. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes to the client's log. */
export interface Log {
  trace(message: string, fields?: Fields): void;
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** From now on, writes `(redacted)` for this value. Values of fewer than 4 characters are too common to hide. */
  hide(secret: string): void;
  /**
   * What is written in place of a text: for text that reaches people by another way. Foreign words, such as a server's
   * or the system's, lose every hidden value. Our own sentences, and whatever has found its way into them, keep those
   * that can be an ordinary word: `is (redacted) or has expired` would tell that the token is "wrong".
   */
  redact(text: string, words?: 'own' | 'foreign'): string;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error'];

/** A word or a name, or several joined: `wrong`, `Domo`, `acme-prod`, `DOMO_ACCESS_TOKEN`. No digit, no mixed case. */
const ordinary =
  /^(?=.{1,23}$)(?:[A-Z]?[a-z]{1,15}|[A-Z]{1,15})(?:[-_.:/]+(?:[A-Z]?[a-z]{1,15}|[A-Z]{1,15}))*$/;

/**
 * A log in the JSON lines of hclog, which a go-plugin client reads from stderr.
 *
 * @param module the plugin's name, the `@module` of every line
 * @param level the least severe level to write, in upper or lower case; any other word turns the log off
 * @param write is passed each finished line
 */
export function openLog(
  module: string,
  level: string | undefined,
  write: (line: string) => void = (line) => writeNow(2, line),
): Log {
  const least = levels.indexOf(level?.toLowerCase() ?? 'off');
  const hidden: string[] = [];
  let redaction: Redaction | undefined;

  function redact(text: string, words: 'own' | 'foreign' = 'own'): string {
    if (hidden.length === 0 && redaction === undefined) return text;
    // Loaded, and told what to hide, as late as possible: most processes have no text to clean.
    redaction ??= (require('../redaction/redact') as typeof import('../redaction/redact')).createRedaction();
    for (const secret of hidden.splice(0)) redaction.hide(secret);
    return redaction.redact(text, words === 'own' ? (found) => ordinary.test(found) : undefined);
  }

  // Values are redacted before they become JSON: a replacement in the finished line could break its syntax.
  function redactField(value: string | number | boolean | undefined) {
    const clean = redact(String(value), 'foreign');
    return clean === String(value) ? value : clean;
  }

  function writer(name: string) {
    if (least < 0 || levels.indexOf(name) < least) return () => {};
    return (message: string, fields: Fields = {}) => {
      const line = {
        ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactField(value)])),
        '@level': name,
        '@message': redact(message),
        '@module': module,
        // hclog expects exactly six decimals of a second; the clock gives three.
        '@timestamp': new Date().toISOString().replace('Z', '000Z'),
      };
      write(`${JSON.stringify(line)}\n`);
    };
  }

  return {
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    hide: (secret) => void hidden.push(secret),
    redact,
  };
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes the whole text to stdout (1) or stderr (2) before it returns, so nothing is lost at exit.
 * It is not an error if nobody reads it any more: the plugin must survive that.
 */
export function writeNow(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      // A full pipe that does not block: wait for its reader, as a blocking one would.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
