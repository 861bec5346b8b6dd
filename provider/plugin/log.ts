import { writeSync } from 'node:fs';

/** What a log line carries beside its message. Fields that are undefined are left out. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes to the client's log. */
export interface Log {
  trace(message: string, fields?: Fields): void;
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** From now on writes `(redacted)` in place of this value. Values under 4 characters are too common to hide. */
  hide(secret: string): void;
  /** What is written in place of a text: for text that reaches people by another way. */
  redact(text: string): string;
}

const levels = ['trace', 'debug', 'info', 'warn', 'error'];
const shortestSecret = 4;
const redacted = '(redacted)';

/**
 * A log in the JSON lines of hclog, which a go-plugin client reads from stderr.
 *
 * @param module the plugin's name, `@module` of every line
 * @param level the least severe level that is written, in any case; any other word means none
 * @param write takes each finished line
 */
export function openLog(
  module: string,
  level: string | undefined,
  write: (line: string) => void = (line) => writeNow(2, line),
): Log {
  const least = levels.indexOf(level?.toLowerCase() ?? 'off');
  let secrets: string[] = [];

  function redact(text: string): string {
    return secrets.reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
  }

  // Values are cleaned before they become JSON: a replacement in the finished line could break its syntax.
  function redactField(value: string | number | boolean | undefined) {
    const clean = redact(String(value));
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
        // hclog reads exactly six digits of a second; the clock gives three.
        '@timestamp': new Date().toISOString().replace('Z', '000Z'),
      };
      write(`${JSON.stringify(line)}\n`);
    };
  }

  function hide(secret: string): void {
    if (secret.length < shortestSecret) return;
    // The second form is how the secret looks inside a JSON text, such as a response body.
    const forms = [secret, JSON.stringify(secret).slice(1, -1)];
    // Longest first, so that a secret which contains another one is hidden as a whole.
    secrets = [...new Set([...secrets, ...forms])].sort((a, b) => b.length - a.length);
  }

  return {
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    hide,
    redact,
  };
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes the whole text to stdout (1) or stderr (2) before it returns, so that nothing is lost at exit.
 * A reader that is gone is no error: the plugin must live through that.
 */
export function writeNow(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      // A pipe that is full and not blocking: wait for its reader, as a blocking one would.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
