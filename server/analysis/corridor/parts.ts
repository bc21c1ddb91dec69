import type { Feature } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { cutLine } from '../cut-line.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { CONTROL_FIELDS, CROSSING_FIELDS, RECORD_NAMES, recordFieldsOf, STRIP_FIELDS } from './fields.ts';
import type { Found, Measured } from './measure.ts';
import type { CorridorNumbers } from './numbers.ts';
import { toKm } from './to-numbers.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What is not known is left out. */
const known = (properties: Properties) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined));

const point = (lon: number, lat: number, properties: Properties): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [toQuantity(lon, 7), toQuantity(lat, 7)] },
  properties: known(properties),
});

/** The measures of collections, each once, in their order. */
function measuresOf(found: readonly Found[]): Field[] {
  const fields = found.flatMap(({ layer }) => layer.fields.filter(({ name }) => layer.measures.includes(name)));
  return [...new Map(fields.map((field) => [field.name, field])).values()].filter(
    ({ name }) => !RECORD_NAMES.includes(name),
  );
}

function records({ found }: Measured): Part {
  const measures = measuresOf(found);
  return {
    id: 'records',
    title: { en: 'The nearest records', fr: 'Les fiches les plus proches' },
    geometry: 'point',
    fields: recordFieldsOf(measures),
    features: found.flatMap(({ layer, nearest }) =>
      nearest.map((near) => {
        const { item, record, name, kind, day, precision, lon, lat } = near;
        const own = measures.map(({ name: measure }) => [measure, near.measures[layer.measures.indexOf(measure)]]);
        return point(lon, lat, {
          ...{ collection: layer.id, item, record, name, kind, date: day },
          ...{ distance_km: toKm(near.metres), chainage_km: toKm(near.chainageM), position_m: precision },
          ...Object.fromEntries(own),
        });
      }),
    ),
  };
}

/** The parts of the result, of which a layer can be made. */
export function toParts(measured: Measured, { strip, control }: CorridorNumbers): Part[] {
  const { line, crossings } = measured;
  const stretch = (from: number, to: number, properties: Properties): Feature => ({
    type: 'Feature',
    geometry: cutLine(line.segments, from * 1_000, Math.min(line.lengthM, to * 1_000)),
    properties: known({ from_km: from, to_km: to, ...properties }),
  });
  const rounded = (value: number | undefined) => (value === undefined ? undefined : toQuantity(value, 6));
  return [
    records(measured),
    {
      id: 'strip',
      title: { en: 'Events along the line', fr: 'Événements le long de la ligne' },
      geometry: 'line',
      fields: STRIP_FIELDS,
      features: strip.map(({ from_km, to_km, in_study_area_km, count, rate, rate_lower, rate_upper }) =>
        stretch(from_km, to_km, {
          ...{ in_study_area_km, events: count, rate: rounded(rate) },
          ...{ rate_lower: rounded(rate_lower), rate_upper: rounded(rate_upper) },
        }),
      ),
    },
    ...(control
      ? [
          {
            id: 'control',
            title: { en: 'Who holds the ground along the line', fr: 'Qui tient le terrain le long de la ligne' },
            geometry: 'line' as const,
            fields: CONTROL_FIELDS,
            features: control.stretches
              .filter(({ length_km }) => length_km > 0)
              .map(({ from_km, to_km, length_km, state, actors }) =>
                stretch(from_km, to_km, { length_km, state, actors }),
              ),
          },
        ]
      : []),
    {
      id: 'crossings',
      title: { en: 'Borders and rivers crossed', fr: 'Frontières et cours d’eau franchis' },
      geometry: 'point',
      fields: CROSSING_FIELDS,
      features: crossings.map(({ kind, collection, item, name, chainageM, lon, lat }) =>
        point(lon, lat, { crossed: kind, collection, item, name: name?.en, chainage_km: toKm(chainageM) }),
      ),
    },
  ];
}
