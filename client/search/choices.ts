import type { Hit } from '../api/search.ts';
import { validityText } from '../i18n/dates.ts';
import { count, t } from '../i18n/text.ts';
import { collectionById, language } from '../state.ts';
import type { Reading } from './position.ts';
import { printDms, showDecimal } from './print-position.ts';

/** One line of the list below the search. */
export interface Choice {
  readonly key: string;
  readonly title: string;
  /** Where it is, and what. */
  readonly notes: readonly string[];
  readonly lon: number;
  readonly lat: number;
  /** West, south, east, north in degrees. */
  readonly box: readonly [number, number, number, number] | null;
  /** Whether the box itself is what was found, and is drawn. */
  readonly isSquare: boolean;
  /** A record to be opened; null where a mark on the map says all. */
  readonly record: { readonly layer: string; readonly id: number } | null;
}

export const metres = (length: number): string =>
  length >= 1000 ? `${count(length / 1000)} km` : `${count(length)} m`;

/** Of a reading: in degrees as it was written, and what it was taken for. */
export function readingChoice(reading: Reading): Choice {
  const { lon, lat, written, order, box, side, reference } = reading;
  const title = reference ?? (written === 'dms' ? printDms(lon, lat, language.value) : showDecimal(lon, lat));
  const note = order === null ? null : t(order === 'lat-lon' ? 'search.latFirst' : 'search.lonFirst');
  const square = side === undefined ? null : t('search.square', { side: metres(side) });
  return {
    ...{ key: `at/${lat}/${lon}`, title, lon, lat, box: box ?? null, isSquare: box !== undefined, record: null },
    notes: [t('search.position'), ...[square, note].filter((text) => text !== null)],
  };
}

/** No name of a place is as long. */
const LONG = 30;

export function hitChoice({ id, geometry, bbox, properties }: Hit): Choice {
  const { collection, collection_title, kind, count: records, within, found_by, valid_from, valid_to } = properties;
  const [lon, lat] = geometry.coordinates;
  const { group, time } = collectionById.value.get(collection)?.azalai ?? {};
  const several = records > 1 && t('search.several', { count: count(records) });
  const when = time && (valid_from ?? valid_to) !== null && validityText(valid_from, valid_to, null);
  const isMark = group === 'base' || group === undefined;
  return {
    ...{ key: id, title: properties.name, lon, lat, box: bbox ?? null, isSquare: false },
    record: isMark ? null : { layer: collection, id: properties.item },
    notes: [
      kind ? `${collection_title} (${kind})` : collection_title,
      within.slice(-2).join(', '),
      // A whole sentence in the other language says nothing.
      isMark && found_by && found_by.length < LONG ? t('search.foundBy', { name: found_by }) : '',
      several || '',
      when || '',
    ].filter(Boolean),
  };
}
