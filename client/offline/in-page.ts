import { FILE_MARK, PACKED_MARK } from '../../server/core/offline.ts';

/**
 * The files of a copy that is a single file: each stands in an element of the page, in Base64, mostly gzipped. A browser
 * lets a page that is opened as a file read no other, so nothing is fetched.
 */

/** Where they lie as addresses have it; `map/offline.ts` answers there. */
export const IN_PAGE = 'copy://page/';

/** Elements by the paths of their files. Read once the page is there: scripts run behind the last of them. */
let elements: ReadonlyMap<string, HTMLElement> | undefined;

function inPage(): ReadonlyMap<string, HTMLElement> {
  elements ??= new Map(
    [...document.querySelectorAll<HTMLElement>(`[${FILE_MARK}]`)].map((element) => [
      element.getAttribute(FILE_MARK) ?? '',
      element,
    ]),
  );
  return elements;
}

/** Whether the page is such a copy. */
export const hasFiles = (): boolean => inPage().size > 0;

/** The paths of its files. */
export const filePaths = (): readonly string[] => [...inPage().keys()];

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The bytes of a file; null: there is none. */
export async function readFile(path: string): Promise<ArrayBuffer | null> {
  const element = inPage().get(path);
  if (!element) return null;
  const bytes = fromBase64(element.textContent ?? '');
  if (!element.hasAttribute(PACKED_MARK)) return bytes.buffer;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).arrayBuffer();
}

/** As a server of these files would answer. */
export async function answerFromPage(path: string): Promise<Response> {
  const bytes = await readFile(path);
  return bytes === null ? new Response(null, { status: 404, statusText: 'Not Found' }) : new Response(bytes);
}
