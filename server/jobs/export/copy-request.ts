import type { Bbox } from '../../core/bbox.ts';
import type { Brief, BriefView } from '../../core/brief.ts';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { around, boxOf, common, lookOf } from '../../core/copy-area.ts';
import { type CheckedFilter, checkFilter } from '../../core/cql2/check.ts';
import { parseFilter } from '../../core/cql2/parse-text.ts';
import { AzalaiError } from '../../core/errors.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import type { CopyFacts } from '../../core/offline.ts';
import { toTileJson } from '../../core/tilejson.ts';
import type { ViewDraft } from '../../core/view.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import type { CopyRequest, Narrowed } from './copy-contents.ts';
import { toExportRequest } from './request.ts';

/** Zooms beyond the nearest view, so that one can step closer than the brief does. */
const CLOSER = 2;
/** The last zoom of an area that no view looks at. */
const OF_AREA = 9;

/** What is to be copied: views, or an area. */
export interface CopyWish {
  readonly catalogue: Catalogue;
  readonly map: MapSettings;
  readonly now: Date;
  /** Their layers and places go along. */
  readonly views?: readonly ViewDraft[] | undefined;
  readonly brief?: Brief | undefined;
  /** Instead of the places of the views. */
  readonly area?: Bbox | undefined;
  /** Instead of the layers of the views; each must be one that may be passed on. */
  readonly collections?: readonly string[] | undefined;
  readonly maxzoom?: number | undefined;
}

/**
 * A copy of some views, or of an area: only layers that anyone may see and pass on, and it says which others it lacks.
 * @throws LayerNotFound for a collection that is named
 */
export function toCopyRequest(wish: CopyWish): CopyRequest {
  const { views = [], brief, now } = wish;
  const { layers, leftOut, notPublic } = chosen(wish);
  const bounds: Bbox = fromArray(wish.map.bounds);
  const looks = views.map(({ address }) => lookOf(address));
  const shown = around(looks.map((look) => (look ? boxOf(look) : bounds)));
  const wanted = wish.area ?? shown;
  const area = wanted && (common(wanted, fromArray(wish.map.max_bounds)) ?? wanted);
  const nearest = Math.max(...looks.map((look) => look?.zoom ?? wish.map.zoom));
  const last = views.length > 0 && !wish.area ? Math.ceil(nearest) + CLOSER : OF_AREA;
  const maxzoom = wish.maxzoom ?? Math.min(last, toTileJson(layers, '', 'en').maxzoom);
  const requestOf = (members: readonly PublishedLayer[], filter?: string, expression?: CheckedFilter) =>
    toExportRequest(
      {
        family: members.every(({ style }) => style.type === 'hexagons') ? 'hexagons' : 'records',
        layers: members,
        filters: members.map(() => ({ access: PUBLIC_ACCESS, expression })),
        ...{ minzoom: 0, maxzoom, area, datetime: undefined, filter },
      },
      wish.map.disclaimer,
      now,
    );
  const narrowed = filtersOf(views, layers).map(
    ({ layer, filter, expression }): Narrowed => ({
      ...{ layer, filter, request: requestOf([layer], filter, expression) },
    }),
  );
  const map = area ? boundedBy(wish.map, area) : wish.map;
  const opens = brief ? `#lang=${brief.language}&brief=${brief.id}/1&present` : views[0] && asItIs(views[0].address);
  return {
    ...{ layers, map, exportedAt: now.toISOString(), area, opens, leftOut, notPublic, narrowed },
    requestOf: (members) => requestOf(members),
    brief: brief && { ...brief, views: brief.views.map(ofTheCopy) },
  };
}

/** A copy has the records of the moment when it was made: an address that asks for those of another says so no more. */
const asItIs = (address: string) => address.replace(/&asof=[^&]*/, '').replace(/#asof=[^&]*&?/, '#');
const ofTheCopy = (page: BriefView): BriefView => ({
  ...page,
  view: { ...page.view, address: asItIs(page.view.address) },
});

/** The filters of the views that are true of something, once each: what is no filter, the page does not apply either. */
function filtersOf(views: readonly ViewDraft[], layers: readonly PublishedLayer[]) {
  const found = new Map<string, { layer: PublishedLayer; filter: string; expression: CheckedFilter }>();
  for (const { address } of views) {
    for (const [id, filter] of Object.entries(readFilters(address))) {
      const layer = layers.find((one) => one.id === id);
      if (!layer || typeof filter !== 'string') continue;
      try {
        found.set(`${id} ${filter}`, { layer, filter, expression: checkFilter(parseFilter(filter), layer) });
      } catch (error) {
        if (!(error instanceof AzalaiError)) throw error;
      }
    }
  }
  return [...found.values()];
}

/** The part `filter={"attacks":"killed > 5"}` of a page's address. */
function readFilters(address: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(new URLSearchParams(address.slice(1)).get('filter') ?? '{}');
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const fromArray = ([west, south, east, north]: readonly [number, number, number, number]): Bbox => ({
  ...{ west, south, east, north },
});

/** A copy never shows what lies outside its area: empty ground there would look like ground where nothing happened. */
function boundedBy(map: MapSettings, { west, south, east, north }: Bbox): MapSettings {
  const box: MapSettings['bounds'] = [west, south, east, north];
  return { ...map, center: [(west + east) / 2, (south + north) / 2], bounds: box, max_bounds: box };
}

/** The layers that go, and those that were asked for and do not. */
function chosen({ catalogue, views, collections }: CopyWish) {
  const nothing = { leftOut: [] as CopyFacts['leftOut'], notPublic: 0 };
  // Whoever names one is told why it may not go.
  if (collections) return { layers: collections.map((id) => catalogue.get(id)), ...nothing };
  const named = views && new Set(views.flatMap((view) => Object.keys(view.layers)));
  const asked = catalogue.layers.filter(
    ({ id, group, visible }) => !named || named.has(id) || (group === 'base' && visible),
  );
  const isPublic = ({ handling }: PublishedLayer) => handling === 'public';
  const open = asked.filter(isPublic);
  const known = new Set(catalogue.layers.map(({ id }) => id));
  const gone = [...(named ?? [])].filter((id) => !known.has(id)).map((id) => ({ en: id, fr: id }));
  return {
    layers: open.filter(({ licence }) => licence.redistribution),
    leftOut: [...open.filter(({ licence }) => !licence.redistribution).map(({ title }) => title), ...gone],
    notPublic: asked.length - open.length,
  };
}
