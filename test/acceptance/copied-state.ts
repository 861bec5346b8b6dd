/**
 * A state file as it would be if the Domo that it is about had another host. The provider keeps the address beside the
 * attributes as well, where Terraform stores bytes.
 */
export function stateAt(host: string, state: string, before: string): string {
  const inBytes = (bytes: string) => Buffer.from(bytes, 'base64').toString().replaceAll(before, host);
  return state
    .replaceAll(before, host)
    .replace(
      /"private": ?"([^"]+)"/g,
      (_, bytes: string) => `"private":"${Buffer.from(inBytes(bytes)).toString('base64')}"`,
    );
}
