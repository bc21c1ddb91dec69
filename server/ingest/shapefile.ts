import { untilCutShort } from './archive/cut-short.ts';
import { extension, isZip, namesInHead } from './archive/names.ts';
import { openArchive } from './archive/open.ts';
import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { readLayer } from './shapefile/layer.ts';
import { groupParts } from './shapefile/parts.ts';
import { isShp } from './shapefile/shp.ts';
import type { Limits, SourceFile } from './source.ts';

const PARTS = new Set(['.shp', '.shx', '.dbf', '.prj']);
/** Zips by another name. */
const OTHERS = new Set(['.kmz', '.xlsx']);

/**
 * Shapefiles in a zip: each .shp with the parts of its name is a layer. Any other zip is claimed too, so that its sender
 * hears what is missing, and so is a .shp on its own; formats that are zips themselves are to be asked before.
 */
export const shapefile: Format = {
  name: 'shapefile',
  title: 'Shapefile (zipped)',
  sniff: (head, fileName) =>
    isShp(head) ||
    (isZip(head) && (namesInHead(head).some((name) => PARTS.has(extension(name))) || !OTHERS.has(extension(fileName)))),
  read: (file, limits) => untilCutShort(readShapefile(file, limits), limits),
};

async function* readShapefile(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  if (isShp(await file.readAt(0, 4))) {
    throw new UnreadableFile(
      `"${file.name}" is a .shp on its own, without its properties and its reference system. Pack it with its .dbf, .shx and .prj into one zip and send that.`,
    );
  }
  const archive = await openArchive(file, limits);
  for (const issue of archive.issues) yield { type: 'issue', issue };
  const { layers, loose } = groupParts(archive.members, file.name);
  for (const { name } of loose) {
    yield {
      type: 'issue',
      issue: {
        code: 'table-alone',
        severity: 'warning',
        index: null,
        place: { part: name },
        value: null,
        detail: 'No .shp goes with this table, so it was not read. Send it with its .shp, or as CSV.',
      },
    };
  }
  let features = 0;
  for (const parts of layers) features = yield* readLayer(parts, features, limits);
}
