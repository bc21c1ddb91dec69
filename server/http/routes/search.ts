import { Router } from 'express';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { compareFound } from '../../core/name-index.ts';
import type { Access } from '../../query/filter.ts';
import { layerState } from '../../query/layer-state.ts';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { answerNotModified } from '../not-modified.ts';
import { parseParams } from '../params.ts';
import { baseUrl } from '../respond.ts';
import { AreasAround } from '../search/areas-around.ts';
import { isSearched, PlaceNames } from '../search/place-names.ts';
import { SEARCH_PARAMS } from '../search/search-params.ts';
import { toHit } from '../search/to-answer.ts';

const GEOJSON = 'application/geo+json';

/** Places and records of every layer by their names, forgiving of spelling: GeoJSON, the best answer first. */
export function searchRoutes(context: Context): Router {
  const router = Router();
  const names = new PlaceNames(context.run);
  const areas = new AreasAround(context.run);

  /** What can be read; `left` are the layers that cannot. @throws where nothing can, the first cause */
  async function read(searched: readonly PublishedLayer[], access: Access) {
    const read = await Promise.allSettled(searched.map((layer) => names.of(layer, access)));
    const failed = read.find((each) => each.status === 'rejected');
    if (failed && read.every(({ status }) => status === 'rejected')) throw failed.reason;
    const indexes = read.map((each) => (each.status === 'fulfilled' ? each.value : null));
    return {
      indexes: indexes.filter((index) => index !== null),
      left: searched.filter((_, nth) => indexes[nth] === null).map(({ id }) => id),
    };
  }

  router.get('/search', async (request, response) => {
    const { q, limit, lang } = parseParams(request.originalUrl, ['lang'], SEARCH_PARAMS);
    const access = accessOf(response);
    const { layers } = context.catalogue();
    const versions = layers.map((layer) => `${layer.id}.${layerState(layer)}`);
    if (answerNotModified(context, request, response, 'json', versions)) return;

    const searched = layers.filter(isSearched);
    names.keepOnly(searched);
    const { indexes, left } = await read(searched, access);
    // What is left out now may be there when it is asked again.
    if (left.length > 0) response.removeHeader('ETag');
    const found = indexes
      .flatMap((index) => index.find(q, limit))
      .toSorted(compareFound)
      .slice(0, limit);
    const places = found.map(({ entry }) => entry);
    const within = await areas.of(places, layers, access, clientSignal(response));
    const base = baseUrl(context, request);
    const features = found.map((each, index) => toHit(each, within[index] ?? [], lang, base));
    const links = [{ href: new URL(`${base}${request.originalUrl}`).href, rel: 'self', type: GEOJSON }];
    response.type(GEOJSON).send(
      JSON.stringify({
        ...{ type: 'FeatureCollection', features, links },
        ...{ timeStamp: new Date().toISOString(), numberReturned: features.length },
        ...(left.length > 0 ? { notSearched: left } : {}),
      }),
    );
  });

  return router;
}
