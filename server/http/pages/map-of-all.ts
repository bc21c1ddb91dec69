import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import type { Html } from './html.ts';
import { svgMap } from './svg-map.ts';

const LABEL = { en: 'Where the records lie', fr: 'Où se trouvent les fiches' } as const;

/** The box around the records of all collections; none when there are none. */
export function mapOfAll(layers: readonly Pick<PublishedLayer, 'bbox'>[], lang: Language): Html | undefined {
  const boxes = layers.flatMap(({ bbox }) => bbox ?? []);
  if (boxes.length === 0) return undefined;
  const bbox = {
    west: Math.min(...boxes.map(({ west }) => west)),
    south: Math.min(...boxes.map(({ south }) => south)),
    east: Math.max(...boxes.map(({ east }) => east)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
  return svgMap({ bbox, hasExtent: true, label: LABEL[lang] });
}
