import type { PublishedLayer } from '../../core/catalogue.ts';
import { recordFields } from '../../core/layer.ts';
import { type Filter, predicate } from '../filter.ts';
import { ident, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** Whether a collection can be traced: its records name their lot and say whether they are a diversion or a find. */
export function hasLots(layer: PublishedLayer): boolean {
  return ['lot', 'event'].every((name) => layer.fields.some((field) => field.name === name && field.type === 'string'));
}

const textOf = (layer: PublishedLayer, field: string): Sql =>
  recordFields(layer).some(({ name, type }) => name === field && type === 'string') ? ident(field) : sql`NULL::text`;

const day = (instant: Sql) => sql`to_char((${instant}) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/** A record of a lot. */
export interface LotRow {
  readonly item: number;
  readonly record: string;
  readonly lot: string;
  readonly event: string | null;
  readonly what: string | null;
  readonly site: string | null;
  /** The first and the last day on which it may have been, `YYYY-MM-DD`; null: not known. */
  readonly first: string | null;
  readonly last: string | null;
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
  readonly within_m: number;
  readonly source: string;
  readonly locator: string;
  readonly remark: string | null;
}

const wanted = (layer: PublishedLayer, filter: Filter, lots: readonly string[] | undefined) =>
  sql`${recordTable(layer)} WHERE ${predicate(layer, filter)} ${lots ? sql`AND lot = ANY(${lots}::text[])` : sql``}`;

/** `{ records, without_lot }`: how many have a lot, and how many that would be traced have none. */
export function lotCountQuery(layer: PublishedLayer, filter: Filter, lots: readonly string[] | undefined): Query {
  return toQuery(sql`SELECT count(lot)::float8 AS records, (count(*) - count(lot))::float8 AS without_lot
    FROM ${wanted(layer, filter, lots)}`);
}

/** The records of lots, in the order of their numbers. */
export function lotRecordsQuery(layer: PublishedLayer, filter: Filter, lots: readonly string[] | undefined): Query {
  const isTimed = layer.time !== null;
  const first = isTimed ? day(sql`lower(valid)`) : sql`NULL::text`;
  const last = isTimed ? day(sql`upper(valid) - interval '1 microsecond'`) : sql`NULL::text`;
  return toQuery(sql`SELECT fid::float8 AS item, record_id AS record, lot, event, ${textOf(layer, 'type')} AS what,
    ${textOf(layer, 'place')} AS site, ${first} AS first, ${last} AS last,
    ST_X(geom) AS lon, ST_Y(geom) AS lat, precision_m::float8 AS within_m, source, locator, note AS remark
    FROM ${wanted(layer, filter, lots)} AND lot IS NOT NULL ORDER BY fid`);
}

/** Where and when something was: degrees; metres; days, both included. */
export interface Spot {
  readonly lon: number;
  readonly lat: number;
  readonly within_m: number;
  readonly first: string | null;
  readonly last: string | null;
}

const points = (spots: readonly Pick<Spot, 'lon' | 'lat'>[]): readonly [Sql, Sql] => [
  sql`${spots.map(({ lon }) => lon)}::float8[]`,
  sql`${spots.map(({ lat }) => lat)}::float8[]`,
];

/** A row for each pair, in their order: `{ metres }`, geodesic on WGS 84. */
export function distancesQuery(pairs: readonly (readonly [from: Spot, to: Spot])[]): Query {
  const [fromLon, fromLat] = points(pairs.map(([from]) => from));
  const [toLon, toLat] = points(pairs.map(([, to]) => to));
  return toQuery(sql`SELECT ST_Distance(ST_SetSRID(ST_MakePoint(x1, y1), 4326)::geography,
      ST_SetSRID(ST_MakePoint(x2, y2), 4326)::geography) AS metres
    FROM unnest(${fromLon}, ${fromLat}, ${toLon}, ${toLat}) WITH ORDINALITY AS pair (x1, y1, x2, y2, n) ORDER BY n`);
}

/** Who is recorded on ground that a spot may lie on, at a time when it may have been. */
export interface HolderRow {
  /** Of the spot, from 0. */
  readonly spot: number;
  readonly actor: string | null;
  readonly control: string | null;
  /** Whether the point itself lies in the area, and not only what is within its precision. */
  readonly is_here: boolean;
  /** Whether the area was valid on every day that the spot may have been. */
  readonly throughout: boolean;
}

/**
 * A box that is a little too large, so that few areas are measured; 110 km to a degree is less than any has. Where it would
 * pass the antimeridian or come near a pole, all are.
 */
const mayBeNear = sql`(west < -180 OR east > 180 OR north > 85 OR south < -85
  OR area && ST_MakeEnvelope(west, south, east, north, 4326))`;

/** Areas of control at spots with days. A point on the outline of an area lies in it. */
export function holdersQuery(layer: PublishedLayer, filter: Filter, spots: readonly Spot[]): Query {
  const [lon, lat] = points(spots);
  const isTimed = layer.time !== null;
  return toQuery(sql`SELECT spot, actor, control, is_here, throughout
    FROM (SELECT n::integer - 1 AS spot, ST_SetSRID(ST_MakePoint(x, y), 4326) AS at, away,
        tstzrange(from_day::timestamptz, to_day::timestamptz + interval '1 day') AS days,
        y - up AS south, y + up AS north, x - along AS west, x + along AS east
      FROM unnest(${lon}, ${lat}, ${spots.map((spot) => spot.within_m)}::float8[],
        ${spots.map(({ first }) => first && `${first}T00:00:00Z`)}::text[],
        ${spots.map(({ last }) => last && `${last}T00:00:00Z`)}::text[]) WITH ORDINALITY AS each (x, y, away, from_day, to_day, n),
        LATERAL (SELECT away / 110000 AS up) AS upwards,
        LATERAL (SELECT away / (110000 * cos(radians(LEAST(89, abs(y) + up)))) AS along) AS sideways) AS spots,
      (SELECT ${textOf(layer, 'actor')} AS actor, ${textOf(layer, 'control')} AS control, geom AS area,
        ${isTimed ? sql`valid` : sql`tstzrange(NULL, NULL)`} AS held, fid FROM ${recordTable(layer)}
        WHERE ${predicate(layer, filter)}) AS areas,
      LATERAL (SELECT ST_Intersects(area, at) AS is_here, held @> days AS throughout) AS how
    WHERE held && days AND (is_here OR (${mayBeNear} AND ST_DWithin(area::geography, at::geography, away)))
    ORDER BY spot, fid`);
}

/** A river: GeoJSON in degrees; `parts` is 1 of one that is one line from end to end, drawn downstream. */
export interface RiverRow {
  readonly geojson: string;
  readonly parts: number;
  readonly within_m: number;
  readonly name: string | null;
  readonly name_fr: string | null;
}

/** Rivers of a name, in English or French, without regard to case, accents and signs; at most two. */
export function riverQuery(layer: PublishedLayer, filter: Filter, name: string): Query {
  const plain = (text: Sql) => sql`azalai.fold_name(${text})`;
  const [own, french] = [textOf(layer, 'name'), textOf(layer, 'name_fr')];
  return toQuery(sql`SELECT ST_AsGeoJSON(line, 15) AS geojson, ST_NumGeometries(line) AS parts, within_m, name, name_fr
    FROM (SELECT CASE WHEN ST_NumGeometries(geom) = 1 THEN ST_GeometryN(geom, 1) ELSE geom END AS line,
        precision_m::float8 AS within_m, ${own} AS name, ${french} AS name_fr, fid
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}
        AND (${plain(own)} = ${plain(sql`${name}::text`)} OR ${plain(french)} = ${plain(sql`${name}::text`)})) AS rivers
    ORDER BY fid LIMIT 2`);
}

/** Where a spot lies of a river and of its arms, if it has any. */
export interface RiverDistanceRow {
  /** To the river. */
  readonly metres: number;
  /** To the river or an arm, whichever is nearer. */
  readonly nearest: number;
  /** Whether it lies on an island: within a ring that the river and its arms make. */
  readonly between: boolean;
}

/** A row for each spot, in their order; geodesic on WGS 84. `arms`: GeoJSON too. */
export function riverDistancesQuery(river: string, arms: string | undefined, spots: readonly Spot[]): Query {
  const [lon, lat] = points(spots);
  const line = (geojson: string) => sql`ST_SetSRID(ST_GeomFromGeoJSON(${geojson}::text), 4326)`;
  return toQuery(sql`WITH river AS MATERIALIZED (
      SELECT main::geography AS main, arms::geography AS arms,
        ST_CollectionExtract(ST_Polygonize(ST_UnaryUnion(ST_Collect(main, arms))), 3) AS islands
      FROM (SELECT ${line(river)} AS main, ${arms === undefined ? sql`NULL::geometry` : line(arms)} AS arms) AS lines
      GROUP BY lines.main, lines.arms),
    spots AS MATERIALIZED (
      SELECT n, at, ST_Distance(main, at::geography) AS metres, ST_Distance(arms, at::geography) AS to_arms,
        ST_Intersects(islands, at) AS between
      FROM river, (SELECT ST_SetSRID(ST_MakePoint(x, y), 4326) AS at, n
        FROM unnest(${lon}, ${lat}) WITH ORDINALITY AS spot (x, y, n)) AS spots)
    SELECT metres, LEAST(metres, to_arms) AS nearest, COALESCE(between, false) AS between FROM spots ORDER BY n`);
}
