const ignoredAscii = /[^!-~]|[+\\]/;

/** Small letters for ASCII; nothing for blanks, and for what escapes are made of. */
const comparedAscii = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return ignoredAscii.test(character) ? 0 : character.toLowerCase().charCodeAt(0);
});

/** What a character is compared as; 0 if it is not compared. Takes and gives a code of UTF-16. */
export const comparedCode = (code: number) => (code < 128 ? (comparedAscii[code] as number) : code);

// Room for all texts but the longest: to make arrays takes longer than to fill them.
const room = { codes: new Uint16Array(4096), places: new Int32Array(4096) };

/** The characters of a text that are compared, and their positions in it: valid until the next call. */
export function compare(text: string): { readonly characters: string; readonly places: Int32Array } {
  const { length } = text;
  const { codes, places } =
    length <= room.codes.length ? room : { codes: new Uint16Array(length), places: new Int32Array(length) };
  let count = 0;
  for (let place = 0; place < length; place++) {
    const code = comparedCode(text.charCodeAt(place));
    if (code === 0) continue;
    codes[count] = code;
    places[count++] = place;
  }
  return { characters: Buffer.from(codes.buffer, 0, count * 2).toString('utf16le'), places };
}
