import { type Layer, LayerSchema } from '../../server/core/layer.ts';

const words = (en: string) => ({ en, fr: en });

const common = {
  description: words('Seeded data for the bench.'),
  visible: true,
  nature: 'modelled',
  handling: 'public',
  provenance: words('Made by scripts/bench.'),
  sources: [],
  licence: { name: 'CC0', redistribution: true },
  attribution: words('bench'),
} as const;

const text = (name: string, tile = false) => ({ name, type: 'string', title: words(name), tile });
const integer = (name: string) => ({ name, type: 'integer', title: words(name) });

export const KINDS = ['ied', 'indirect_fire', 'small_arms', 'complex', 'other'] as const;

/** 500,000 incidents around 40 towns, with eight attributes of their own, over 120 months. */
export const INCIDENTS: Layer = LayerSchema.parse({
  ...common,
  id: 'bench_incidents',
  title: words('Incidents'),
  group: 'violence',
  role: 'events',
  order: 1,
  geometry: 'point',
  time: 'instant',
  fields: [
    { ...text('kind', true), values: KINDS.map((value) => ({ value, title: words(value) })) },
    integer('killed'),
    integer('injured'),
    text('actor'),
    text('target'),
    text('place'),
    text('event'),
    text('summary'),
  ],
  kind: 'kind',
  measures: ['killed', 'injured'],
  style: {
    type: 'circle',
    color: { by: 'kind', classes: { ied: '#aa3377', complex: '#cc6677' }, other: '#999999' },
  },
  data: 'bench/incidents.geojson',
});

/** 400 polygons of 200 to 2,000 vertices. */
export const AREAS: Layer = LayerSchema.parse({
  ...common,
  id: 'bench_areas',
  title: words('Areas'),
  group: 'control',
  role: 'control',
  order: 2,
  geometry: 'polygon',
  time: 'interval',
  fields: [text('actor', true), text('summary')],
  style: { type: 'fill', color: '#4477aa' },
  data: 'bench/areas.geojson',
});

/** 300 lines of 500 vertices. */
export const WAYS: Layer = LayerSchema.parse({
  ...common,
  id: 'bench_ways',
  title: words('Ways'),
  group: 'trafficking',
  role: 'corridors',
  order: 3,
  geometry: 'line',
  time: 'interval',
  fields: [text('commodity', true), text('summary')],
  style: { type: 'line', color: '#ee7733' },
  data: 'bench/ways.geojson',
});
