import { untilCutShort } from './archive/cut-short.ts';
import { extension, isZip, namesInHead } from './archive/names.ts';
import { openArchive } from './archive/open.ts';
import { UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import type { Format } from './format.ts';
import { readDocument } from './kml/document.ts';
import type { Limits, SourceFile } from './source.ts';
import { rootOf } from './xml/root.ts';

/** KML, and KMZ: a zip in which every .kml is a layer. Coordinates are WGS 84 by the format, longitude first. */
export const kml: Format = {
  name: 'kml',
  title: 'KML or KMZ',
  sniff: (head, fileName) =>
    isZip(head)
      ? namesInHead(head).some((name) => extension(name) === '.kml') || extension(fileName) === '.kmz'
      : rootOf(head) === 'kml',
  read: (file, limits) => untilCutShort(readKml(file, limits), limits),
};

async function* readKml(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  if (!isZip(await file.readAt(0, 4))) {
    yield layer(null);
    yield* readDocument(file.stream(), file.name, null, 0, limits);
    return;
  }
  const { members, issues } = await openArchive(file, limits);
  for (const issue of issues) yield { type: 'issue', issue };
  const documents = members.filter(({ name }) => extension(name) === '.kml');
  if (documents.length === 0) {
    throw new UnreadableFile(`The KMZ "${file.name}" holds no .kml. A KMZ is a zip with a doc.kml in it.`);
  }
  let records = 0;
  for (const document of documents) {
    yield layer(document.name);
    for await (const reading of readDocument(document.stream(), document.name, document.name, records, limits)) {
      if (reading.type === 'feature') records = reading.feature.index;
      else if (reading.type === 'issue') records = reading.issue.index ?? records;
      yield reading;
    }
  }
}

const layer = (name: string | null): Reading => ({ type: 'layer', layer: { name, crs: 4326, columns: null } });
