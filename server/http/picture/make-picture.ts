import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Interval, toDayNumber } from '../../core/interval.ts';
import type { Language } from '../../core/layer.ts';
import { toStyle } from '../../core/style.ts';
import type { Theme } from '../../core/theme.ts';
import { recordedBefore } from '../../core/versions.ts';
import type { MvtLayer } from '../../encode/mvt/layer.ts';
import { readMvt } from '../../encode/mvt/read.ts';
import { countShown, type Shown } from '../../encode/picture/count-shown.ts';
import { type Frame, tilesOf } from '../../encode/picture/frame.ts';
import { toPicture } from '../../encode/picture/to-picture.ts';
import type { Access, Filter } from '../../query/filter.ts';
import type { EncodedTile } from '../../tiles/source.ts';
import type { Context } from '../context.ts';

/** What a picture shows, and to whom. */
export interface PictureView {
  readonly frame: Frame;
  /** Those that are drawn. */
  readonly layers: readonly PublishedLayer[];
  readonly window: Interval;
  readonly language: Language;
  readonly theme: Theme;
  readonly access: Access;
  /** An instant, ISO 8601 UTC: only what was known before it. */
  readonly knownBefore: string | undefined;
}

export interface Picture {
  readonly svg: string;
  /** Of the layers that are no scenery, in the order of the list. */
  readonly shown: readonly Shown[];
}

const decompress = promisify(gunzip);
/** Any day number that a date can have lies between these, as in the style's clock. */
const EVER = 1e7;

const dayOf = (instant: string | null, otherwise: number) =>
  instant === null ? otherwise : toDayNumber(instant.slice(0, 10));

async function layersIn({ bytes, encoding }: EncodedTile): Promise<MvtLayer[]> {
  if (bytes.length === 0) return [];
  return readMvt(encoding === 'gzip' ? await decompress(bytes) : bytes);
}

const LABELS = { en: 'Picture of the map', fr: 'Image de la carte' } as const;

/** Draws what a view shows, from tiles as the map would load them. @throws what tiles throw, RequestAborted */
export async function makePicture(
  { tiles, mapSettings }: Pick<Context, 'tiles' | 'mapSettings'>,
  view: PictureView,
  signal: AbortSignal,
): Promise<Picture> {
  const { frame, window, access, knownBefore, language, theme } = view;
  // Hexagons count by what they are asked for; records are narrowed by the style's clock, and come as they are stored.
  const filterOf = (layer: PublishedLayer): Filter => ({
    access,
    knownBefore: recordedBefore(layer, knownBefore),
    ...(layer.geometry === 'point' && { datetime: window }),
  });
  const isHexagons = ({ style }: PublishedLayer) => style.type === 'hexagons';
  const [hexagons, records] = [view.layers.filter(isHexagons), view.layers.filter((layer) => !isHexagons(layer))];
  const filled = tilesOf(frame).map(async (tile) => {
    const parts = [
      ...(records.length > 0 ? [tiles.tile(records, tile, records.map(filterOf), signal)] : []),
      ...hexagons.map((layer) => tiles.hexTile(layer, tile, filterOf(layer), signal)),
    ];
    const layers = await Promise.all(parts.map(async (part) => layersIn(await part)));
    return { ...tile, layers: layers.flat() };
  });
  const style = toStyle(view.layers, { language, theme, publicUrl: '', map: mapSettings });
  const usual = Object.entries(style.state ?? {}).map(([name, { default: value }]) => [name, value]);
  const state = { ...Object.fromEntries(usual), from: dayOf(window.from, -EVER), to: dayOf(window.to, EVER) };
  const scene = { frame, state, tiles: await Promise.all(filled) };
  const titles = view.layers.filter(({ group }) => group !== 'base').map(({ title }) => title[language]);
  const label = `${LABELS[language]}${language === 'fr' ? ' :' : ':'} ${titles.join(', ')}`;
  return {
    svg: toPicture({ ...scene, style, layers: new Set(view.layers.map(({ id }) => id)), label }),
    shown: view.layers.filter(({ group }) => group !== 'base').map((layer) => countShown(layer, scene)),
  };
}
