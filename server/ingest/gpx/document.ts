import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { type Attributes, visitXml } from '../xml/visit.ts';
import { GpxRecord } from './record.ts';

/** Elements that are records, and what they are called in the property `kind`. */
const RECORDS = new Map([
  ['wpt', 'waypoint'],
  ['rte', 'route'],
  ['trk', 'track'],
]);
const POINTS = new Set(['wpt', 'rtept', 'trkpt']);

/**
 * Waypoints as points, routes as lines, each track as one line of as many parts as it has segments, in the order of the
 * file. Extensions are left aside.
 * @throws LimitExceeded, UnreadableFile
 */
export function readGpx(bytes: AsyncIterable<Uint8Array>, name: string, limits: Limits): AsyncGenerator<Reading> {
  return visitXml<Reading>(bytes, name, limits, (emit, line) => {
    const path: string[] = [];
    let record: GpxRecord | null = null;
    let start = 0;
    let index = 0;
    let text = '';
    return {
      open(element, attributes: Attributes) {
        if (path.length === 0 && element !== 'gpx') {
          throw new UnreadableFile(`"${name}" is XML but no GPX: it begins with <${element.slice(0, 40)}>.`);
        }
        path.push(element);
        text = '';
        const kind = RECORDS.get(element);
        if (record === null && kind !== undefined) {
          record = new GpxRecord(kind, line());
          start = path.length;
        }
        if (element === 'trkseg') record?.beginPart();
        if (POINTS.has(element)) record?.addPoint(attributes, line());
        if (record && record.vertices > limits.vertices) {
          throw new LimitExceeded(
            `The ${record.kind} at line ${record.line} has more than ${limits.vertices} points (limit UPLOAD_VERTICES).`,
          );
        }
      },
      text(more) {
        text += more;
      },
      close(element) {
        path.pop();
        if (record && path.length < start) {
          index += 1;
          emit(record.finish(index));
          record = null;
        } else if (record && !path.includes('extensions')) {
          record.take(element, text, path.length === start, POINTS.has(path.at(-1) ?? ''));
          if (record.length > limits.recordBytes) {
            throw new LimitExceeded(
              `The ${record.kind} at line ${record.line} has more than ${limits.recordBytes} letters (limit UPLOAD_RECORD_MB).`,
            );
          }
        }
        text = '';
      },
    };
  });
}
