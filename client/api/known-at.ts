import { signal } from '@preact/signals';

/** The moment as of which records are shown, ISO 8601 UTC; null: as they are now. */
export const asOf = signal<string | null>(null);

/** As parameters of what asks for records; empty for those of now. Reads the signal. */
export const knownAt = (): { readonly known_at?: string } => (asOf.value === null ? {} : { known_at: asOf.value });

/** The same behind an address that may have parameters. */
export function withKnownAt(address: string): string {
  const { known_at } = knownAt();
  if (known_at === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}known_at=${encodeURIComponent(known_at)}`;
}
