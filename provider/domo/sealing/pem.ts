/** What a text in PEM form holds: the labels of its blocks, in order. */
export function labelsIn(text: string): readonly string[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----/g)].map(([, label = '']) => label);
}

/** Whether something in the text is a private key, or calls itself one. */
export function hasPrivateKey(text: string): boolean {
  return labelsIn(text).some((label) => label.includes('PRIVATE KEY')) || /AGE-SECRET-KEY-/i.test(text);
}
