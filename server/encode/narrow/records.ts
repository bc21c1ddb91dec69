import type { Days } from '../../core/interval.ts';
import { contentLayerName, type Layer } from '../../core/layer.ts';
import type { MvtFeature } from '../mvt/layer.ts';
import { readMvt } from '../mvt/read.ts';
import { writeMvt } from '../mvt/write.ts';
import { withMatched } from './content.ts';

/** What is narrowed to, by what tiles tell of a record. */
export interface RecordPart {
  readonly days: Days | null;
  readonly isKind: (kind: string | null) => boolean;
}

function meets({ valid_from: begin, valid_to: end }: MvtFeature['attributes'], { from, to }: Days): boolean {
  return (
    (to === null || begin === undefined || Number(begin) < to) &&
    (from === null || end === undefined || Number(end) > from)
  );
}

/** A tile of records with those alone that meet the window and are of a kind asked for. No bytes when none is. */
export function narrowRecords(
  layer: Pick<Layer, 'id' | 'kind'>,
  tile: Uint8Array,
  { days, isKind }: RecordPart,
): Uint8Array {
  const isWanted = ({ attributes }: MvtFeature) => {
    const kind = layer.kind === undefined ? undefined : attributes[layer.kind];
    return isKind(kind === undefined ? null : String(kind)) && (days === null || meets(attributes, days));
  };
  const layers = readMvt(tile).map((one) =>
    one.name === contentLayerName(layer.id) ? one : { ...one, features: one.features.filter(isWanted) },
  );
  const matched = layers.find(({ name }) => name === layer.id)?.features.length ?? 0;
  if (matched === 0) return new Uint8Array();
  const narrowed = layers.map((one) => (one.name === contentLayerName(layer.id) ? withMatched(one, matched) : one));
  return writeMvt(narrowed.filter(({ features }) => features.length > 0));
}
