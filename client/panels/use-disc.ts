import { useEffect } from 'preact/hooks';
import type { RecordFeature } from '../api.ts';
import { placeOf } from '../reading/place-of.ts';
import { disc } from '../state/disc.ts';
import { focused, picks } from '../state.ts';

/** While the card is read, the map shows how far off the record may be. */
export function useDisc(layer: string, id: number, record: RecordFeature | null): void {
  const { value: at } = focused;
  const isRead = at ? at.type === 'record' && at.layer === layer && at.id === id : picks.value?.length === 1;
  useEffect(() => {
    const point = record?.geometry ? placeOf(record.geometry)?.point : null;
    const metres = record?.properties.precision_m;
    if (!isRead || !point || typeof metres !== 'number') return undefined;
    const own = { lon: point[0], lat: point[1], metres };
    disc.value = own;
    return () => {
      if (disc.peek() === own) disc.value = null;
    };
  }, [isRead, record]);
}
