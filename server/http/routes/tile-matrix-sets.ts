import { Router } from 'express';
import type { Link } from '../../core/collection.ts';
import { toTileMatrixSet, WEB_MERCATOR_QUAD } from '../../core/tile-matrix-set.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { html } from '../pages/html.ts';
import { definitions, htmlPage, table } from '../pages/html-page.ts';
import { parseParams } from '../params.ts';
import { NoSuchResource } from '../problem.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** @throws NoSuchResource */
export function checkTileMatrixSet(id: string): void {
  if (id === WEB_MERCATOR_QUAD.id) return;
  throw new NoSuchResource(
    `There is no tile matrix set "${id.slice(0, 40)}": ${WEB_MERCATOR_QUAD.id} is the one served.`,
  );
}

/** The grids of tiles: there is one. OGC API Tiles 1, "tiling schemes". */
export function tileMatrixSetRoutes(context: Context): Router {
  const router = Router();
  const { id, title, uri, crs } = WEB_MERCATOR_QUAD;

  router.get('/tileMatrixSets', (request, response) => {
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const self = `${base}/tileMatrixSets`;
    const links: Link[] = [
      { href: self, rel: 'self', type: 'application/json', title: 'This document' },
      { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    ];
    const own: Link[] = [{ href: `${self}/${id}`, rel: 'self', type: 'application/json', title }];
    const document = { links, tileMatrixSets: [{ id, title, uri, crs, links: own }] };
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json') return sendJson(response, document);
    sendHtml(
      response,
      htmlPage({
        base,
        title: 'Tile matrix sets',
        description: 'The grids in which tiles are cut.',
        links: [{ href: `${self}?f=json`, rel: 'alternate', type: 'application/json' }],
        body: table(['Set', 'Title', 'Coordinates'], [[html`<a href="${self}/${id}">${id}</a>`, title, crs]]),
      }),
    );
  });

  router.get('/tileMatrixSets/:tileMatrixSetId', (request, response) => {
    checkTileMatrixSet(request.params.tileMatrixSetId);
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const self = `${base}/tileMatrixSets/${id}`;
    const document = toTileMatrixSet();
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json') return sendJson(response, document);
    const rows = document.tileMatrices.map((matrix) => [
      html`${matrix.id}`,
      Math.round(matrix.scaleDenominator).toLocaleString('en'),
      matrix.cellSize.toPrecision(7),
      matrix.matrixWidth.toLocaleString('en'),
      matrix.matrixHeight.toLocaleString('en'),
    ]);
    sendHtml(
      response,
      htmlPage({
        base,
        title: id,
        description: `${title}. Rows from the north, columns from the west, 256 pixels to a tile.`,
        crumbs: [{ title: 'Tile matrix sets', href: `${base}/tileMatrixSets?f=html` }],
        links: [{ href: `${self}?f=json`, rel: 'alternate', type: 'application/json' }],
        body: [
          definitions([
            ['Identifier', html`<a href="${uri}">${uri}</a>`],
            ['Coordinates', html`<a href="${crs}">${crs}</a>`],
          ]),
          table(['Matrix', 'One to', 'Metres to a pixel', 'Columns', 'Rows'], rows),
        ],
      }),
    );
  });

  return router;
}
