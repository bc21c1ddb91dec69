import { ApiError } from '../api.ts';
import { readerHeaders } from './kept-token.ts';
import { toError } from './with-token.ts';

/** A file of the server with what only the holder of the token may see: a link cannot carry the token. @throws ApiError */
export async function fetchFile(address: string): Promise<Blob> {
  let response: Response;
  try {
    // Not what the browser kept from before the token was given.
    response = await fetch(address, { headers: readerHeaders(), cache: 'no-cache' });
  } catch (cause) {
    throw new ApiError(String(cause), 0);
  }
  if (!response.ok) throw toError(response.status, await response.text().catch(() => ''), response.statusText);
  return response.blob();
}
