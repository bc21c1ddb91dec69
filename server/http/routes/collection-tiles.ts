import { type Request, Router } from 'express';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { MVT, toTileset, toTilesets } from '../../core/tileset.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import type { TileAnswers } from '../hot/answers.ts';
import { html } from '../pages/html.ts';
import { type Crumb, definitions, htmlPage, table } from '../pages/html-page.ts';
import { svgMap } from '../pages/svg-map.ts';
import { oneOf, parseParams, queryOf, TILE_PARAMS } from '../params.ts';
import { NotAcceptable } from '../problem.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';
import { checkTileMatrixSet } from './tile-matrix-sets.ts';

/** What a client may call a Mapbox vector tile when it asks for one. */
const TILE_TYPES = [MVT, 'application/x-protobuf', 'application/octet-stream'];

/** The parameter `f` of a tile. */
export const TILE_FORM = oneOf('f', ['mvt'], 'The form of the tile.');

/**
 * The address as the door for XYZ has it, where a tile has one form and none is named.
 * @throws InvalidParameter, InvalidFilter, NotAcceptable
 */
function withoutFormat(request: Request): string {
  const { f } = parseParams(request.originalUrl, TILE_PARAMS, { f: TILE_FORM });
  if (f === undefined) {
    if (!request.accepts(TILE_TYPES)) throw new NotAcceptable(`This resource is served as ${MVT}.`);
    return request.originalUrl;
  }
  const params = new URLSearchParams(queryOf(request.originalUrl));
  params.delete('f');
  return params.size > 0 ? `${request.path}?${params}` : request.path;
}

const crumbsOf = (layer: PublishedLayer, base: string): Crumb[] => [
  { title: 'Collections', href: `${base}/collections?f=html` },
  { title: layer.title.en, href: `${base}/collections/${layer.id}?f=html` },
];

/** OGC API Tiles, Part 1: the tilesets of a collection, and tiles by row and column. */
export function collectionTileRoutes(context: Context, answers: TileAnswers): Router {
  const router = Router();

  router.get('/collections/:id/tiles', (request, response) => {
    const layer = context.catalogue().get(request.params.id);
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const document = toTilesets(layer, base, 'en');
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json') return sendJson(response, document);
    const self = `${base}/collections/${layer.id}/tiles`;
    sendHtml(
      response,
      htmlPage({
        base,
        title: 'Tilesets',
        description: `${layer.title.en} as vector tiles.`,
        crumbs: crumbsOf(layer, base),
        links: [{ href: `${self}?f=json`, rel: 'alternate', type: 'application/json' }],
        body: table(
          ['Grid', 'Coordinates', 'What'],
          document.tilesets.map(({ tileMatrixSetId, crs, dataType }) => [
            html`<a href="${self}/${tileMatrixSetId}?f=html">${tileMatrixSetId}</a>`,
            crs,
            dataType,
          ]),
        ),
      }),
    );
  });

  router.get('/collections/:id/tiles/:tileMatrixSetId', (request, response) => {
    const layer = context.catalogue().get(request.params.id);
    checkTileMatrixSet(request.params.tileMatrixSetId);
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const tileset = toTileset(layer, base, 'en');
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json') return sendJson(response, tileset);
    const self = `${base}/collections/${layer.id}/tiles`;
    sendHtml(
      response,
      htmlPage({
        base,
        title: tileset.tileMatrixSetId,
        description: tileset.description,
        crumbs: [...crumbsOf(layer, base), { title: 'Tilesets', href: `${self}?f=html` }],
        links: [
          { href: `${self}/${tileset.tileMatrixSetId}?f=json`, rel: 'alternate', type: 'application/json' },
          { href: `${base}/tiles/${layer.id}.json`, rel: 'describedby', type: 'application/json', title: 'TileJSON' },
        ],
        map: svgMap({ bbox: layer.bbox, hasExtent: true, label: `Extent of ${layer.title.en}` }),
        body: [
          definitions([
            ['Tiles', html`<code>${tileset.links.find(({ rel }) => rel === 'item')?.href}</code>`],
            ['XYZ', html`<code>${base}/tiles/${layer.id}/{z}/{x}/{y}.mvt</code>`],
            [
              'Grid',
              html`<a href="${base}/tileMatrixSets/${tileset.tileMatrixSetId}?f=html">${tileset.tileMatrixSetId}</a>`,
            ],
            ['Attribution', tileset.attribution],
          ]),
          html`<h2>Layers in a tile</h2>`,
          table(
            ['Layer', 'Shapes', 'Attributes'],
            tileset.layers.map(({ id, geometryDimension, propertiesSchema }) => [
              html`<code>${id}</code>`,
              ['points', 'lines', 'areas'][geometryDimension],
              Object.keys(propertiesSchema.properties).join(', '),
            ]),
          ),
        ],
      }),
    );
  });

  router.get('/collections/:id/tiles/:tileMatrixSetId/:tileMatrix/:tileRow/:tileCol', async (request, response) => {
    const { id: ids, tileMatrixSetId, tileMatrix: z, tileRow: y, tileCol: x } = request.params;
    context.catalogue().get(ids);
    checkTileMatrixSet(tileMatrixSetId);
    await answers.answer({ kind: 'tiles', ids, z, x, y, address: withoutFormat(request) }, request, response);
  });

  return router;
}
