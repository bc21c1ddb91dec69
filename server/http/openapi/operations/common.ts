import { OPENAPI_TYPE } from '../../../core/landing.ts';
import { QGIS_SOURCE } from '../../routes/qgis.ts';
import type { Operation } from '../operation.ts';

const page = { 'text/html': 'file' } as const;

/** Where clients begin, and what they find there. */
export const COMMON: readonly Operation[] = [
  {
    method: 'get',
    path: '/',
    tag: 'Common',
    summary: 'Landing page: where everything is. The map, for a browser.',
    params: ['f'],
    answers: { 'application/json': 'Landing', ...page },
  },
  {
    method: 'get',
    path: '/conformance',
    tag: 'Common',
    summary: 'Classes of OGC standards that hold here',
    params: ['f'],
    answers: { 'application/json': 'Conformance', ...page },
  },
  {
    method: 'get',
    path: '/api',
    tag: 'Common',
    summary: 'This document',
    answers: { [OPENAPI_TYPE]: 'Document', 'application/json': 'Document' },
  },
  {
    method: 'get',
    path: '/problems',
    tag: 'Common',
    summary: 'What errors there are: the type of a problem points at one of them',
    params: ['f'],
    answers: { 'application/json': 'Document', ...page },
  },
  {
    method: 'get',
    path: '/pages.css',
    tag: 'Server',
    summary: 'What the pages of the interfaces look like',
    answers: { 'text/css': 'file' },
  },
  {
    method: 'get',
    path: '/collections/:id.qlr',
    tag: 'Common',
    summary: 'The collection as a layer of QGIS, its records or its tiles',
    own: { source: QGIS_SOURCE },
    answers: { 'application/x-qgis-layer-definition': 'file' },
  },
  {
    method: 'get',
    path: '/qgis-connections.xml',
    tag: 'Common',
    summary: 'A connection for QGIS, to be loaded under OGC API - Features',
    answers: { 'application/xml': 'file' },
  },
  {
    method: 'get',
    path: '/qgis-vector-tiles.xml',
    tag: 'Common',
    summary: 'Connections for QGIS, to be loaded under vector tiles',
    answers: { 'application/xml': 'file' },
  },
  {
    method: 'get',
    path: '/style.json',
    tag: 'Common',
    summary: 'The map as a MapLibre style',
    params: ['lang', 'theme', 'known_at'],
    answers: { 'application/json': 'Document' },
  },
  {
    method: 'get',
    path: '/healthz',
    tag: 'Server',
    summary: 'The process answers',
    answers: { 'application/json': 'Health' },
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'Server',
    summary: 'The database answers and there are collections',
    answers: { 'application/json': 'Health' },
  },
  {
    method: 'get',
    path: '/metrics',
    tag: 'Server',
    summary: 'What the server measures of itself',
    answers: { 'text/plain': 'file' },
  },
];
