const segmentCommand = 0x19;
const signatureCommand = 0x1d;

/** What a signer has to know and change in a Mach-O file; `at` is the offset of the load command. */
export interface Parts {
  readonly signature: { readonly at: number; readonly dataOffset: number };
  readonly linkEdit: { readonly at: number; readonly fileOffset: number };
  readonly text: { readonly fileOffset: number; readonly fileSize: number };
}

/** @throws if it is not a 64-bit Mach-O file for one architecture, with a signature as its last part */
export function findParts(file: Buffer): Parts {
  if (file.readUInt32LE(0) !== 0xfeedfacf) throw new Error('This is not a 64-bit Mach-O file.');
  let signature: Parts['signature'] | undefined;
  const segments = new Map<string, { at: number; fileOffset: number; fileSize: number }>();
  let at = 32;
  for (let left = file.readUInt32LE(16); left > 0; left--) {
    const command = file.readUInt32LE(at);
    if (command === segmentCommand) {
      const name = file.toString('latin1', at + 8, at + 24).replace(/\0.*$/s, '');
      const fileOffset = Number(file.readBigUInt64LE(at + 40));
      segments.set(name, { at, fileOffset, fileSize: Number(file.readBigUInt64LE(at + 48)) });
    }
    if (command === signatureCommand) signature = { at, dataOffset: file.readUInt32LE(at + 8) };
    at += file.readUInt32LE(at + 4);
  }
  const [linkEdit, text] = [segments.get('__LINKEDIT'), segments.get('__TEXT')];
  if (!signature || !linkEdit || !text) throw new Error('This Mach-O file has no room for a signature.');
  const end = signature.dataOffset + file.readUInt32LE(signature.at + 12);
  if (end !== file.length || linkEdit.fileOffset + linkEdit.fileSize !== file.length) {
    throw new Error('The signature is not the last part of this Mach-O file: it would cut off what follows.');
  }
  return { signature, linkEdit, text };
}
