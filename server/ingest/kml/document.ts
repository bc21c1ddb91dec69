import { UnreadableFile } from '../errors.ts';
import type { Issue, Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { visitXml } from '../xml/visit.ts';
import { Placemark } from './placemark.ts';

/** Pictures laid over the map. */
const OVERLAYS = new Set(['GroundOverlay', 'PhotoOverlay', 'ScreenOverlay']);

/**
 * The placemarks of one KML document (OGC 12-007r2, and Google's gx:Track), in order. Styles are left aside; what a
 * network link points to is never fetched.
 * @param part the member of the archive; null for a file of its own
 * @param before records that earlier documents of the file gave
 * @throws LimitExceeded, UnreadableFile
 */
export async function* readDocument(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  part: string | null,
  before: number,
  limits: Limits,
): AsyncGenerator<Reading> {
  const links: string[] = [];
  let overlays = 0;
  let root: string | null = null;
  yield* visitXml<Reading>(bytes, name, limits, (emit, line) => {
    const path: string[] = [];
    const folders: string[] = [];
    let text = '';
    let placemark: Placemark | null = null;
    let start = 0;
    let index = before;
    return {
      open(element, attributes) {
        root ??= element;
        if (root !== 'kml')
          throw new UnreadableFile(`"${name}" is XML but no KML: it begins with <${element.slice(0, 40)}>.`);
        text = '';
        path.push(element);
        if (placemark) return placemark.open(element, attributes);
        if (element === 'Folder') folders.push('');
        else if (OVERLAYS.has(element)) overlays += 1;
        else if (element === 'Placemark') {
          const folder = folders.filter((one) => one !== '').join('/') || null;
          placemark = new Placemark(line(), part, attributes.id ?? null, folder, limits);
          start = path.length;
        }
      },
      text(more) {
        text += more;
      },
      close(element) {
        path.pop();
        if (placemark && path.length >= start) placemark.close(element, text, path.slice(start));
        else if (placemark) {
          index += 1;
          for (const reading of placemark.finish(index)) emit(reading);
          placemark = null;
        } else if (element === 'Folder') folders.pop();
        else if (element === 'name' && path.at(-1) === 'Folder') folders[folders.length - 1] = text.trim();
        else if (element === 'href' && path.at(-2) === 'NetworkLink') links.push(text.trim());
        text = '';
      },
    };
  });
  const note = (code: string, severity: Issue['severity'], value: string | null, detail: string): Reading => ({
    type: 'issue',
    issue: { code, severity, index: null, place: part === null ? {} : { part }, value, detail },
  });
  if (links.length > 0) {
    const value = (links[0] as string).slice(0, 200);
    yield note(
      'network-link',
      'note',
      value,
      `${links.length} links to other files were not followed. Send those files.`,
    );
  }
  if (overlays > 0)
    yield note('overlays-left-out', 'note', null, `${overlays} pictures laid over the map were left out.`);
}
