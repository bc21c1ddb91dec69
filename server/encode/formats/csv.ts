import type { Geometry } from 'geojson';
import type { Field, Layer } from '../../core/layer.ts';
import type { ItemRow } from '../feature.ts';
import type { ItemFormat } from './item-format.ts';
import { Pieces } from './pieces.ts';
import type { Provenance } from './provenance.ts';
import { toWkt } from './wkt.ts';

const LINE_END = '\r\n';
/** What a cell must be quoted for. */
const SPECIAL = /[",\r\n]/;
/** Spreadsheets take a text that begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** Null is an empty cell, the empty text a quoted one. */
function textCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return harmless === '' || SPECIAL.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Lists are JSON, which keeps them apart whatever is in them. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return textCell(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A name that no field has. */
function freeName(wanted: string, fields: readonly Field[]): string {
  return fields.some(({ name }) => name.toLowerCase() === wanted.toLowerCase())
    ? freeName(`${wanted}_`, fields)
    : wanted;
}

/** Where a record lies: points in two columns of degrees, lines and polygons in one of well-known text. */
function placeColumns(layer: Pick<Layer, 'geometry'>, fields: readonly Field[]) {
  if (layer.geometry !== 'point') {
    const wkt = (row: ItemRow) => textCell(toWkt(JSON.parse(row.geojson) as Geometry));
    return { names: [freeName('WKT', fields)], cells: wkt };
  }
  const degrees = (row: ItemRow) => {
    const geometry = JSON.parse(row.geojson) as Geometry;
    return geometry.type === 'Point' ? geometry.coordinates.slice(0, 2).join(',') : ',';
  };
  return { names: [freeName('longitude', fields), freeName('latitude', fields)], cells: degrees };
}

/** The columns that every row repeats: a table has no other place for what holds of all. */
function originColumns({ collection, generation, known_at, nature, licence, attribution }: Provenance) {
  return {
    ...{ collection, generation, ...(known_at === undefined ? {} : { known_at }), collection_nature: nature },
    ...{ licence: licence.name, licence_url: licence.url, attribution: attribution.en },
  };
}

/**
 * RFC 4180 in UTF-8, with a header. A text that a spreadsheet would run as a formula has an apostrophe before it. The
 * columns: `fid`, the place, the fields, and with provenance those of `originColumns`.
 */
export const csv: ItemFormat = {
  id: 'csv',
  title: 'CSV',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  write: async function* (layer, rows, { fields, provenance }) {
    const pieces = new Pieces();
    const place = placeColumns(layer, fields);
    const origin = Object.entries(provenance ? originColumns(provenance) : {});
    const same = origin.map(([, value]) => `,${cell(value)}`).join('') + LINE_END;
    const names = [...fields.map(({ name }) => name), ...origin.map(([name]) => freeName(name, fields))];
    pieces.add(['fid', ...place.names, ...names].join(',') + LINE_END);
    for await (const batch of rows) {
      for (const row of batch) {
        let line = `${row.fid},${place.cells(row)}`;
        for (const { name } of fields) line += `,${cell(row[name])}`;
        const piece = pieces.add(line + same);
        if (piece) yield piece;
      }
    }
    yield pieces.rest();
  },
};
