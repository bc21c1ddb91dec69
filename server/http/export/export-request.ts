import { createHash } from 'node:crypto';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter } from '../../core/errors.ts';
import type { Field } from '../../core/layer.ts';
import { recordFields } from '../../core/layer.ts';
import { type ExportPage, exportPageQuery } from '../../query/export-page.ts';
import type { Access, Filter } from '../../query/filter.ts';
import { layerState } from '../../query/layer-state.ts';
import type { Query } from '../../query/sql.ts';
import { type ITEM_PARAMS, parseItemParams, questionOf } from '../items/item-params.ts';
import { toPage } from '../items/read-page.ts';
import { parseParams, queryOf, toFilter, writtenParam } from '../params.ts';
import { EXPORT_FORM_PARAM, EXPORT_FORMATS, type ExportFormatId } from './export-formats.ts';
import { markedFields } from './marked-fields.ts';

/** What an address asks to be exported. */
export interface ExportRequest {
  readonly format: ExportFormatId;
  readonly layer: PublishedLayer;
  /** The version in service. */
  readonly served: PublishedLayer;
  readonly fields: readonly Field[];
  /** As the caller wrote it. */
  readonly knownAt: string | undefined;
  /** Names all that decides what is in the file. */
  readonly identity: string;
  /** As a person finds it among the downloads. */
  readonly fileName: string;
  /** Of the records after a number. */
  readonly pageQuery: (page: ExportPage) => Query;
}

/** What items take and a whole file does not: an export has no pages, and its order is that of the records. */
const OF_PAGES = ['sortby', 'limit', 'cursor', 'profile', 'lang'] as const satisfies (typeof ITEM_PARAMS)[number][];

/** The address without a parameter. */
function without(address: string, name: string): string {
  const query = new URLSearchParams(queryOf(address));
  query.delete(name);
  return `?${query}`;
}

/** @throws LayerNotFound, VersionNotKept, InvalidParameter, InvalidFilter */
export function readExport(
  catalogue: Catalogue,
  { id, address, version }: { readonly id: string; readonly address: string; readonly version: string },
  access: Access,
): ExportRequest {
  const served = catalogue.get(id);
  const own = new URLSearchParams(queryOf(address));
  const { f: format } = parseParams(
    `?${new URLSearchParams(own.getAll('f').map((f): [string, string] => ['f', f]))}`,
    [],
    {
      f: EXPORT_FORM_PARAM,
    },
  );
  const rest = without(address, 'f');
  for (const name of OF_PAGES) {
    if (!own.has(name)) continue;
    const detail = `"${name}" is not a parameter of an export, which has all records in the order of their numbers.`;
    throw new InvalidParameter([{ parameter: name, detail }]);
  }
  const params = parseItemParams(rest, served);
  const layer = catalogue.get(id, params.known_at);
  const filter: Filter = toFilter(layer, params, access);
  const question = questionOf(rest, layer);
  const page = toPage({ ...params, sortby: undefined, cursor: undefined }, question, { layer, served, filter });
  const fields = markedFields(layer, page.fields);
  const content = [version, layer.id, layerState(layer), layerState(served), access.handling, question];
  const digest = createHash('sha256').update(JSON.stringify([...content, fields.map(({ name }) => name), format]));
  const isPart = question !== questionOf('', layer) || fields.length < recordFields(layer).length;
  return {
    ...{ format, layer, served, fields },
    knownAt: writtenParam(address, 'known_at'),
    identity: digest.digest('hex').slice(0, 32),
    fileName: `${layer.id}-v${layer.generation}${isPart ? '-part' : ''}.${EXPORT_FORMATS[format].extension}`,
    pageQuery: (part) => exportPageQuery(layer, filter, fields, part),
  };
}
