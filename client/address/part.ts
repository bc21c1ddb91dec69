/** One thing that the address says beside the map's own parts (url.ts). Its key is its name in the address. */
export interface AddressPart {
  readonly key: string;
  /** Whether undo steps back over it: true for what the reader sets, false for what is merely looked at. */
  readonly isUndoable: boolean;
  /** From the store; undefined: as the map opens, so the address need not say it. Reads signals, and is asked anew when one changes. */
  print(): string | undefined;
  /** Into the store; null: the address does not say it. What cannot be understood counts as not said. */
  read(text: string | null): void;
}
