import type { Feature } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { straightLine } from '../straight-line.ts';
import type { Lot, LotRecord } from './lots.ts';
import { type LotNumbers, recordsOf, type StopNumbers } from './numbers.ts';

const LEG_FIELDS: readonly Field[] = [
  inTiles(field('lot', 'string', 'Lot', 'Lot')),
  field('step', 'integer', 'Step', 'Étape'),
  field('from_record', 'string', 'From the record', 'De la fiche'),
  field('to_record', 'string', 'To the record', 'À la fiche'),
  field('distance_km', 'number', 'Distance', 'Distance', 'km'),
  field('distance_min_km', 'number', 'Distance at least', 'Distance au moins', 'km'),
  field('distance_max_km', 'number', 'Distance at most', 'Distance au plus', 'km'),
  field('order_known', 'boolean', 'Order known', 'Ordre connu'),
];

const POINT_FIELDS: readonly Field[] = [
  inTiles(field('lot', 'string', 'Lot', 'Lot')),
  field('step', 'integer', 'Step in the path', 'Étape du parcours'),
  inTiles(field('part', 'string', 'Part in the path', 'Rôle dans le parcours')),
  field('event', 'string', 'Event', 'Événement'),
  field('what', 'string', 'What', 'Quoi'),
  field('site', 'string', 'Place', 'Lieu'),
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Number of the record', 'Numéro de la fiche'),
  field('record', 'string', 'Id of the record', 'Identifiant de la fiche'),
  field('first_day', 'date', 'Not before', 'Pas avant'),
  field('last_day', 'date', 'Not after', 'Pas après'),
  field('within_m', 'number', 'Position known to', 'Position connue à', 'm'),
  field('days_min', 'integer', 'Days since the diversion, at least', 'Jours depuis le détournement, au moins', 'd'),
  field('days_max', 'integer', 'Days since the diversion, at most', 'Jours depuis le détournement, au plus', 'd'),
  field('origin_km', 'number', 'From the diversion', 'Du détournement', 'km'),
  field('origin_min_km', 'number', 'From the diversion, at least', 'Du détournement, au moins', 'km'),
  field('origin_max_km', 'number', 'From the diversion, at most', 'Du détournement, au plus', 'km'),
  field('held_by', 'strings', 'Who is recorded on the ground', 'Qui est enregistré sur le terrain'),
  field('perhaps_held_by', 'strings', 'Who else within the precision', 'Qui d’autre à la précision près'),
  field('bank', 'string', 'Bank of the river', 'Rive du fleuve'),
  field('bank_known', 'boolean', 'Bank certain', 'Rive certaine'),
  field('river_km', 'number', 'From the river', 'Du fleuve', 'km'),
  field('cited', 'string', 'Source and passage', 'Source et passage'),
  field('remark', 'string', 'Remark', 'Remarque'),
];

const known = (properties: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== null));

const held = (holders: StopNumbers['held_by']) => holders.map(({ actor, control }) => `${actor}: ${control}`);

function toPoint(lot: string, record: LotRecord, stop: StopNumbers, step: number | undefined): Feature {
  const { from_origin: far, days, river } = stop;
  const km = (value: number | undefined) => (value === undefined ? undefined : toQuantity(value, 1));
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [record.lon, record.lat] },
    properties: known({
      ...{ lot, step, part: stop.place_in_path, event: stop.event, what: record.what, site: record.site },
      ...{ collection: record.collection, item: record.item, record: record.record },
      ...{ first_day: stop.first_day, last_day: stop.last_day, within_m: record.within_m },
      ...{ days_min: days?.min, days_max: days?.max },
      ...{ origin_km: km(far?.km), origin_min_km: km(far?.km_min), origin_max_km: km(far?.km_max) },
      ...{ held_by: held(stop.held_by), perhaps_held_by: held(stop.perhaps_held_by) },
      ...{ bank: river?.bank, bank_known: river?.bank_known, river_km: km(river?.km) },
      ...{ cited: `${record.source}, ${record.locator}`, remark: record.remark },
    }),
  };
}

function toLegs({ lot, path }: Lot, stops: readonly StopNumbers[]): Feature[] {
  return path.flatMap((to, index): Feature[] => {
    const from = path[index - 1];
    const leg = stops[index]?.leg;
    // Two records of one place have no line between them.
    if (!from || !leg || (from.lon === to.lon && from.lat === to.lat)) return [];
    const properties = {
      ...{ lot, step: index, from_record: from.record, to_record: to.record, distance_km: toQuantity(leg.km, 1) },
      ...{ distance_min_km: toQuantity(leg.km_min, 1), distance_max_km: toQuantity(leg.km_max, 1) },
      order_known: leg.order_known,
    };
    return [{ type: 'Feature', geometry: straightLine([from.lon, from.lat], [to.lon, to.lat]), properties }];
  });
}

/** The places, and the lines that join them in their order. */
export function traceParts(lots: readonly Lot[], numbers: readonly LotNumbers[]): Part[] {
  const stopsOf = (index: number) => numbers[index]?.stops ?? [];
  return [
    {
      ...{ id: 'points', title: { en: 'Diversions and finds', fr: 'Détournements et découvertes' }, geometry: 'point' },
      fields: POINT_FIELDS,
      features: lots.flatMap((lot, index) =>
        recordsOf(lot).map((record, at) =>
          toPoint(lot.lot, record, stopsOf(index)[at] as StopNumbers, at < lot.path.length ? at : undefined),
        ),
      ),
    },
    {
      ...{ id: 'path', title: { en: 'Paths', fr: 'Parcours' }, geometry: 'line' },
      fields: LEG_FIELDS,
      features: lots.flatMap((lot, index) => toLegs(lot, stopsOf(index))),
    },
  ];
}
