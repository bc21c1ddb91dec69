import { csv } from './formats/csv.ts';
import { flatgeobuf } from './formats/flatgeobuf.ts';
import { geojson } from './formats/geojson.ts';
import { geojsonSequence, newlineDelimited } from './formats/geojson-sequence.ts';
import type { ItemFormat } from './formats/item-format.ts';

/** The formats that records are streamed in, by the value of the parameter `f`. */
export const ITEM_FORMATS = {
  geojson,
  geojsonseq: geojsonSequence,
  ndjson: newlineDelimited,
  csv,
  fgb: flatgeobuf,
} as const satisfies Record<string, ItemFormat>;

export type ItemFormatId = keyof typeof ITEM_FORMATS;
