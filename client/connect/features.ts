import type { Answer } from '../api/probe.ts';
import { isObject, jsonOf, list, member, type Say } from './inspect.ts';

export const GEOJSON = ['application/geo+json'];
export const JSON_TYPES = ['application/json'];

interface Page {
  readonly ids: readonly unknown[];
  /** Properties of the first feature. */
  readonly first: Readonly<Record<string, unknown>>;
  readonly document: unknown;
}

/** A page of records, of which `limit` were asked for and `count` are there in all. */
export function lookAtPage(answer: Answer, say: Say, limit: number, count: number): Page {
  const document = jsonOf(answer);
  const features = list(member(document, 'features')).filter(isObject);
  const ids = features.map((feature) => member(feature, 'id'));
  const properties = member(features[0], 'properties');
  if (member(document, 'type') !== 'FeatureCollection') say.fail('noFeatures');
  else {
    if (count > 0 && features.length === 0) say.fail('emptyPage', { count });
    if (features.length > limit) say.fail('longPage', { count: features.length, limit });
    if (ids.some((id) => id === undefined)) say.fail('noIds');
    else if (new Set(ids).size < ids.length) say.fail('sameIds');
    const matched = member(document, 'numberMatched');
    if (matched === undefined) say.doubt('noMatched');
    else if (typeof matched !== 'number' || matched < features.length)
      say.fail('badMatched', { matched: `${matched}` });
    if (member(document, 'numberReturned') !== features.length) say.doubt('badReturned', { count: features.length });
  }
  return { ids, first: isObject(properties) ? properties : {}, document };
}
