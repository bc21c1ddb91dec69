import type { Feature, Geometry } from 'geojson';
import type { Field, Layer } from '../../core/layer.ts';
import { field } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { SummaryNumbers, Values } from './numbers.ts';
import type { Unit } from './units.ts';

const RATE_UNIT = '1/1000 km2/month';

/** A number of a collection in a unit, as a property. */
interface Column {
  readonly field: Field;
  readonly value: (values: Values) => number | undefined;
}

/** @param suffix tells the properties of one collection from another's */
function columnsOf(layer: Layer, measures: readonly string[], suffix: string): Column[] {
  const { title } = layer;
  const column = (
    name: string,
    type: Field['type'],
    en: string,
    fr: string,
    value: Column['value'],
    unit?: string,
  ): Column => ({
    ...{ field: field(`${name}${suffix}`, type, `${title.en}: ${en}`, `${title.fr} : ${fr}`, unit), value },
  });
  if (layer.geometry === 'line') return [column('length_km', 'number', 'length', 'longueur', ({ km }) => km, 'km')];
  if (layer.geometry === 'polygon')
    return [column('covered_km2', 'number', 'area', 'superficie', ({ km2 }) => km2, 'km2')];
  const rate = (name: string, en: string, fr: string, value: Column['value']) =>
    column(name, 'number', en, fr, value, RATE_UNIT);
  return [
    column('records', 'integer', 'records', 'fiches', ({ records }) => records),
    ...measures.map((name, index) => {
      const { en, fr } = layer.fields.find((each) => each.name === name)?.title ?? { en: name, fr: name };
      return column(`sum_${index + 1}`, 'number', `${en}, sum`, `${fr}, somme`, ({ sums }) => sums?.[name]);
    }),
    ...(layer.time === 'instant'
      ? [
          rate('rate', 'per 1,000 km² and month', 'par 1 000 km² et par mois', (values) => values.rate),
          rate(
            'rate_lower',
            'rate, lower bound (95 %)',
            'taux, borne inférieure (95 %)',
            (values) => values.rate_lower,
          ),
          rate(
            'rate_upper',
            'rate, upper bound (95 %)',
            'taux, borne supérieure (95 %)',
            (values) => values.rate_upper,
          ),
        ]
      : []),
  ];
}

/** The units with their numbers, as polygons. */
export function toPart(
  layers: readonly { readonly layer: Layer; readonly measures: readonly string[] }[],
  units: readonly Unit[],
  numbers: SummaryNumbers,
): Part {
  const columns = layers.map(({ layer, measures }, index) =>
    columnsOf(layer, measures, layers.length === 1 ? '' : `_${index + 1}`),
  );
  const features = units.map(({ geojson }, index): Feature => {
    const { unit, name, area_km2, values } = numbers.units[index] as SummaryNumbers['units'][number];
    const properties: Record<string, unknown> = { unit, name: name ?? null, area_km2: toQuantity(area_km2) };
    for (const [nth, group] of columns.entries()) {
      for (const {
        field: { name: property, unit: of },
        value,
      } of group) {
        const found = value(values[nth] as Values);
        properties[property] = found === undefined ? null : toQuantity(found, of === RATE_UNIT ? 6 : 3);
      }
    }
    return { type: 'Feature', id: index + 1, geometry: JSON.parse(geojson) as Geometry, properties };
  });
  return {
    id: 'units',
    title: { en: 'Units', fr: 'Unités' },
    geometry: 'polygon',
    fields: [
      field('unit', 'string', 'Unit', 'Unité'),
      field('name', 'string', 'Name', 'Nom'),
      field('area_km2', 'number', 'Area', 'Superficie', 'km2'),
      ...columns.flat().map((column) => column.field),
    ],
    features,
  };
}
