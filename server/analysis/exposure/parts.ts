import type { Geometry } from 'geojson';
import type { NearestRow } from '../../query/analysis/exposure/nearest.ts';
import { FEW } from '../caveats.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Selected } from '../select.ts';
import { COMMODITY_COLUMNS, ROW_FIELDS } from './fields.ts';
import { nearestOf, type Row } from './find-rows.ts';
import { COMPONENTS } from './score.ts';

const km = (metres: number | null | undefined) =>
  metres === null || metres === undefined ? null : toQuantity(metres / 1000);
const orNull = (value: number | undefined, decimals = 3) => (value === undefined ? null : toQuantity(value, decimals));

/** Distance, and between which it lies as far as both positions are known. */
function distances(prefix: string, found: NearestRow | undefined): Record<string, number | null> {
  return {
    [`${prefix}_km`]: km(found?.away_m),
    [`${prefix}_km_low`]: found ? km(Math.max(0, found.away_m - found.slack_m)) : null,
    [`${prefix}_km_high`]: found ? km(found.away_m + found.slack_m) : null,
  };
}

/** Commodities near any row, in the order of text, one that is not said last: the first of them have columns. */
export function commoditiesOf(rows: readonly Pick<Row, 'nearest'>[]): (string | null)[] {
  const found = rows.flatMap(({ nearest }) => nearest.map(({ commodity }) => commodity));
  return [...new Set(found)].sort(
    (a, b) => Number(a === null) - Number(b === null) || ((a ?? '') < (b ?? '') ? -1 : 1),
  );
}

/** Of one commodity in one row; nothing where there is no corridor of it. */
function nearOf({ nearest }: Row, commodity: string | null, column: number): Record<string, unknown> {
  const found = nearest.find((each) => each.commodity === commodity);
  if (!found) return {};
  const name = `near_${column}`;
  return { [`${name}_commodity`]: commodity, ...distances(name, found), [`${name}_record`]: found.corridor_record };
}

/** All columns of a row. */
function rowProperties(row: Row, collection: string, commodities: readonly (string | null)[]): Record<string, unknown> {
  const { ground, attacks, trend, overSteps } = row;
  const nearest = nearestOf(row);
  const scored = COMPONENTS.flatMap((component) => [
    [`component_${component}`, row.components[component]],
    [`part_${component}`, row.parts[component]],
  ]);
  const near = commodities.map((commodity, index) => nearOf(row, commodity, index + 1));
  return {
    ...{ rank: row.rank ?? null, score: row.score ?? null, ...Object.fromEntries(scored) },
    ...{ collection, item: row.item, record: row.record, name: row.name, name_fr: row.name_fr },
    ...{ site_precision_km: km(row.precision_m), length_km: km(row.length_m), said_held_by: row.held_by },
    ...{ ground: ground.state, holders: ground.actors, holders_perhaps: ground.perhaps },
    ...{ holder_share: ground.share, contested_share: ground.contestedShare, unrecorded_share: ground.unrecordedShare },
    ground_certainty: ground.certainty ?? null,
    ...distances('corridor', nearest),
    ...{ corridor_commodity: nearest?.commodity ?? null, corridor_record: nearest?.corridor_record ?? null },
    ...Object.assign({}, ...near),
    ...{ attacks: attacks.attacks, attacks_comparable: row.comparableAttacks },
    ...{ killed: attacks.killed, killed_comparable: row.comparableKilled },
    ...{ attacks_killed_unknown: attacks.killed_unknown, attacks_imprecise: attacks.imprecise },
    ...{ attacks_first: attacks.first_half, attacks_last: attacks.last_half, attacks_undated: attacks.undated },
    ...{ trend_ratio: orNull(trend?.ratio), trend_low: orNull(trend?.lower), trend_high: orNull(trend?.upper) },
    ...{ trend_direction: overSteps?.direction ?? null, trend_tau: orNull(overSteps?.tau, 4) },
    ...{ trend_p: orNull(overSteps?.p, 6), trend_p_adjusted: orNull(overSteps?.adjusted, 6) },
    ...{ trend_slope: orNull(overSteps?.slope), trend_slope_low: orNull(overSteps?.lower) },
    trend_slope_high: orNull(overSteps?.upper),
    low_count: attacks.attacks < FEW,
  };
}

/** The table: a part for what lies at points and one for what is a line, each in the order of the ranks. */
export function toParts(of: readonly Selected[], rows: readonly Row[]): Part[] {
  const commodities = commoditiesOf(rows).slice(0, COMMODITY_COLUMNS);
  const layerOf = (row: Row) => of[row.list] as Selected;
  const part = (geometry: 'point' | 'line', id: string, title: Part['title']): Part => ({
    ...{ id, title, geometry, fields: ROW_FIELDS },
    features: rows
      .filter((row) => layerOf(row).layer.geometry === geometry)
      .map((row) => ({
        type: 'Feature',
        geometry: JSON.parse(row.geojson) as Geometry,
        properties: rowProperties(row, layerOf(row).layer.id, commodities),
      })),
  });
  const has = (geometry: string) => of.some(({ layer }) => layer.geometry === geometry);
  return [
    ...(has('point') ? [part('point', 'sites', { en: 'Exposure of sites', fr: 'Exposition des sites' })] : []),
    ...(has('line')
      ? [part('line', 'corridors', { en: 'Exposure of corridors', fr: 'Exposition des corridors' })]
      : []),
  ];
}
