import { type Response, Router } from 'express';
import { toFeatureConnections, toLayerDefinition, toTileConnections } from '../../encode/qgis.ts';
import type { Context } from '../context.ts';
import { oneOf, parseParams } from '../params.ts';
import { baseUrl, revalidate } from '../respond.ts';

/** The parameter by which a layer of QGIS shows tiles instead of records. */
export const QGIS_SOURCE = oneOf('source', ['items', 'tiles'], 'What the layer shows: the records, or the tiles.');

function sendFile(response: Response, name: string, type: string, body: string): void {
  revalidate(response).attachment(name).type(type).send(body);
}

/** What QGIS opens to be connected: a layer for a collection, and lists of connections. */
export function qgisRoutes(context: Context): Router {
  const router = Router();

  router.get('/collections/:id.qlr', (request, response) => {
    const layer = context.catalogue().get(request.params.id);
    const { source = 'items' } = parseParams(request.originalUrl, [], { source: QGIS_SOURCE });
    const name = `${layer.id}${source === 'tiles' ? '-tiles' : ''}.qlr`;
    const definition = toLayerDefinition(layer, baseUrl(context, request), source);
    sendFile(response, name, 'application/x-qgis-layer-definition', definition);
  });

  router.get('/qgis-connections.xml', (request, response) => {
    parseParams(request.originalUrl, []);
    const connections = toFeatureConnections(baseUrl(context, request));
    sendFile(response, 'azalai-features.xml', 'application/xml', connections);
  });

  router.get('/qgis-vector-tiles.xml', (request, response) => {
    parseParams(request.originalUrl, []);
    const connections = toTileConnections(context.catalogue().layers, baseUrl(context, request));
    sendFile(response, 'azalai-vector-tiles.xml', 'application/xml', connections);
  });

  return router;
}
