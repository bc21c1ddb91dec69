import type { Geometry } from 'geojson';
import { getRecord } from '../api.ts';
import { count, local, t } from '../i18n/text.ts';
import { headingOf } from '../reading/record-heading.ts';
import { type DrawingMode, startDrawing } from '../state/drawing.ts';
import { startPicking } from '../state/picking.ts';
import { collectionById } from '../state.ts';
import { useFetched } from './use-fetched.ts';

/** A record that stands for a place or a line. */
export interface OneRecord {
  readonly collection: string;
  /** Its number, or its `record_id`. */
  readonly item: number | string;
}

const has = (value: unknown, name: string) => typeof value === 'object' && value !== null && name in value;

export const recordOf = (value: unknown): OneRecord | undefined =>
  has(value, 'collection') && has(value, 'item') ? (value as OneRecord) : undefined;

export const drawnOf = (value: unknown): Geometry | undefined =>
  has(value, 'geometry') ? (value as { geometry: Geometry }).geometry : undefined;

interface FromMap {
  readonly title: string;
  readonly put: (value: unknown) => void;
}

/** Takes a record from the map by a click; `geometries` are the kinds that will do. */
export function PickButton({ title, put, geometries }: FromMap & { geometries: readonly string[] }) {
  const pick = () =>
    startPicking({
      title,
      accepts: (layer) => geometries.includes(collectionById.peek().get(layer)?.azalai.geometry ?? ''),
      onPicked: (collection, item) => put({ collection, item }),
    });
  return (
    <button type="button" class="button" onClick={pick}>
      {t('ask.fromMap')}
    </button>
  );
}

/** Draws a shape on the map, or changes the one that is drawn. */
export function DrawButton({ title, put, mode, drawn }: FromMap & { mode: DrawingMode; drawn: Geometry | undefined }) {
  const draw = () =>
    startDrawing({ mode, geometry: drawn ?? null, title, onDone: (geometry) => put({ geometry: rounded(geometry) }) });
  return (
    <button type="button" class="button" onClick={draw}>
      {t(drawn ? 'ask.redraw' : 'ask.draw')}
    </button>
  );
}

/** To a metre: it is known no better by hand, and the address holds it. */
const rounded = (geometry: Geometry): Geometry =>
  JSON.parse(JSON.stringify(geometry), (_, value) =>
    typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value,
  ) as Geometry;

/** What has been taken or drawn, in words. */
export function Taken({ value }: { value: unknown }) {
  const record = recordOf(value);
  const drawn = drawnOf(value);
  if (record) return <TakenRecord record={record} />;
  return drawn ? <p class="ask-taken">{shapeText(drawn)}</p> : null;
}

function TakenRecord({ record: { collection: id, item } }: { record: OneRecord }) {
  const collection = collectionById.value.get(id);
  const found = useFetched(
    (signal) =>
      typeof item === 'number' ? getRecord(id, item, signal) : Promise.reject(new Error('it is named, not numbered')),
    `${id}/${item}`,
  );
  const name = found.state === 'ready' && collection ? headingOf(collection, found.value.properties) : String(item);
  return (
    <p class="ask-taken">
      <strong>{name}</strong> <span class="quiet">{collection ? local(collection.azalai.title) : id}</span>
    </p>
  );
}

function shapeText(geometry: Geometry): string {
  if (geometry.type === 'Point') {
    const [lon = 0, lat = 0] = geometry.coordinates;
    return t('ask.drawn.point', { lat: lat.toFixed(4), lon: lon.toFixed(4) });
  }
  if (geometry.type === 'LineString') return t('ask.drawn.line', { count: count(geometry.coordinates.length) });
  const corners = geometry.type === 'Polygon' ? (geometry.coordinates[0]?.length ?? 1) - 1 : 0;
  return t('ask.drawn.area', { count: count(corners) });
}
