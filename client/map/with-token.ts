import { readerHeaders } from '../api/kept-token.ts';
import { noteTile } from '../state/stale.ts';

/** What may be more for the holder of the token; fonts and sprites are the same for all. */
const DATA = ['tiles/', 'hexes/', 'uploads/'];

/** MapLibre's requests for data of this server carry the token, when there is one; no other address ever gets it. */
export function withToken(address: string): { url: string; headers?: Record<string, string> } {
  const isData = DATA.some((path) => address.startsWith(new URL(path, document.baseURI).href));
  if (isData) noteTile(address);
  return isData ? { url: address, headers: { ...readerHeaders() } } : { url: address };
}
