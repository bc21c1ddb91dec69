import { LayerSchema } from '../../server/core/layer.ts';
import type { LayerRecord } from '../../server/core/record.ts';

/** A small layer of points, for tests that want to say everything about it. */
export const EVENTS = {
  id: 'events',
  title: { en: 'Events', fr: 'Événements' },
  description: { en: 'For a test.', fr: 'Pour un essai.' },
  group: 'violence',
  role: 'events',
  order: 1,
  visible: true,
  nature: 'documented',
  geometry: 'point',
  time: 'instant',
  fields: [
    {
      name: 'kind',
      type: 'string',
      title: { en: 'Kind', fr: 'Type' },
      tile: true,
      values: [
        { value: 'a', title: { en: 'A', fr: 'A' } },
        { value: 'b', title: { en: 'B', fr: 'B' } },
      ],
    },
    { name: 'killed', type: 'integer', title: { en: 'Killed', fr: 'Tués' } },
    { name: 'tags', type: 'strings', title: { en: 'Tags', fr: 'Étiquettes' } },
  ],
  kind: 'kind',
  measures: ['killed'],
  handling: 'public',
  provenance: { en: 'Made up.', fr: 'Inventé.' },
  sources: [],
  licence: { name: 'CC0', redistribution: true },
  attribution: { en: 'a test', fr: 'un essai' },
  style: { type: 'circle', color: { by: 'kind', classes: { a: '#112233', b: '#445566' }, other: '#999999' } },
  data: 'documented/events.geojson',
};

export const EVENTS_LAYER = LayerSchema.parse(EVENTS);

/** A record of that layer; `properties` replace the ordinary ones. */
export function eventRecord(
  id: number,
  lon: number,
  lat: number,
  properties: Record<string, unknown> = {},
): LayerRecord {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      kind: 'a',
      killed: 1,
      tags: ['x'],
      record_id: `events/${id}`,
      valid_from: '2022-05-01',
      valid_to: '2022-05-02',
      date_precision: 'day',
      confidence: 'documented',
      precision_m: 1000,
      source: 'a test',
      locator: 'here',
      note: null,
      handling: 'public',
      recorded_at: '2026-11-21',
      ...properties,
    },
  } as LayerRecord;
}
