import { EXPORT_FORM_PARAM } from '../../export/export-formats.ts';
import { ITEM_FORM_PARAM, ITEM_PARAMS } from '../../items/item-params.ts';
import { oneOf } from '../../params.ts';
import { SEARCH_PARAMS } from '../../search/search-params.ts';
import type { Operation } from '../operation.ts';

const page = { 'text/html': 'file' } as const;

const OF_PAGES: readonly string[] = ['sortby', 'limit', 'cursor', 'profile', 'lang'];
const EXPORT_PARAMS = ITEM_PARAMS.filter((name) => !OF_PAGES.includes(name));

/** OGC API Features: collections and their records. */
export const FEATURES: readonly Operation[] = [
  {
    method: 'get',
    path: '/collections',
    tag: 'Features',
    summary: 'The collections',
    params: ['f', 'lang'],
    answers: { 'application/json': 'Collections', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id',
    tag: 'Features',
    summary: 'A collection: what is in it, where, when, and from whom',
    params: ['f', 'lang'],
    answers: { 'application/json': 'Collection', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/items',
    tag: 'Features',
    summary: 'Records of a collection, page by page',
    params: ITEM_PARAMS,
    own: { f: ITEM_FORM_PARAM },
    answers: {
      'application/geo+json': 'FeatureCollection',
      ...page,
      'text/csv': 'file',
      'application/geo+json-seq': 'file',
      'application/x-ndjson': 'file',
      'application/flatgeobuf': 'file',
    },
    token: 'more',
  },
  {
    method: 'get',
    path: '/collections/:id/items/:featureId',
    tag: 'Features',
    summary: 'One record',
    params: ['f', 'lang', 'crs', 'profile', 'known_at'],
    answers: { 'application/geo+json': 'Feature', ...page },
    token: 'more',
  },
  {
    method: 'get',
    path: '/collections/:id/export',
    tag: 'Features',
    summary: 'A whole collection, or what a filter leaves of it, as one file; narrowed by fields too, as items are',
    params: EXPORT_PARAMS,
    own: { f: EXPORT_FORM_PARAM },
    answers: {
      'application/geo+json': 'file',
      'application/geo+json-seq': 'file',
      'text/csv': 'file',
      'application/flatgeobuf': 'file',
      'application/geopackage+sqlite3': 'file',
    },
    token: 'more',
  },
  {
    method: 'get',
    path: '/collections/:id/queryables',
    tag: 'Features',
    summary: 'What records can be narrowed by, as JSON Schema',
    params: ['f', 'lang'],
    answers: { 'application/schema+json': 'JsonSchema', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/schema',
    tag: 'Features',
    summary: 'What records have, as JSON Schema',
    params: ['f', 'lang'],
    answers: { 'application/schema+json': 'JsonSchema', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/schema/feature',
    tag: 'Features',
    summary: 'What a feature looks like, as JSON Schema',
    own: { f: oneOf('f', ['json'], 'The form of the answer.') },
    answers: { 'application/schema+json': 'JsonSchema' },
  },
  {
    method: 'get',
    path: '/search',
    tag: 'Features',
    summary: 'Places and records of every collection by name, whatever the spelling, the best answer first',
    params: ['lang'],
    own: SEARCH_PARAMS,
    answers: { 'application/geo+json': 'SearchHits' },
    token: 'more',
  },
];
