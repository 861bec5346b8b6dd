/** What the trial has to revoke. */
export interface Ledger {
  /** A creation is about to be sent: until its outcome is known, a client may exist whose id is not. */
  sending(): void;
  /** Nothing came of it. */
  nothing(): void;
  /** A client came of it, or has been found. */
  owe(id: string): void;
  /** It is gone. */
  settled(id: string): void;
  owed(): readonly string[];
  revoked(): readonly string[];
  mayOweMore(): boolean;
}

export function createLedger(): Ledger {
  const owed = new Set<string>();
  const revoked = new Set<string>();
  let open = false;
  return {
    sending() {
      open = true;
    },
    nothing() {
      open = false;
    },
    owe(id) {
      open = false;
      if (!revoked.has(id)) owed.add(id);
    },
    settled(id) {
      owed.delete(id);
      revoked.add(id);
    },
    owed: () => [...owed],
    revoked: () => [...revoked],
    mayOweMore: () => open,
  };
}
