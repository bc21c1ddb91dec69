import { countItems } from '../api/item-pages.ts';
import type { Collection } from '../api.ts';
import { count, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { filterOf } from '../state/filters.ts';
import { hiddenClasses } from '../state/layers.ts';
import { view } from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { zoomToLayer } from '../zoom-to-layer.ts';
import { useFetchedInWindow } from './use-fetched-in-window.ts';

/** Why a layer that is on shows nothing: the map's scale, the filter, the classes that are off, the dates, or the place. */
export function LayerEmpty({ collection }: { collection: Collection }) {
  const minzoom = collection.azalai.style.minzoom ?? 0;
  if ((view.value?.zoom ?? 22) < minzoom) return <p class="legend-none">{t('empty.zoom')}</p>;
  if (offlineSince() !== null) return <p class="legend-none">{t('legend.none')}</p>;
  return <Counted collection={collection} />;
}

interface Counts {
  /** With filter and dates, and with the filter only. */
  readonly now: number | null;
  readonly ever: number | null;
}

async function countBoth(id: string, filter: string | null, window: TimeWindow, signal: AbortSignal): Promise<Counts> {
  const now = await countItems(id, filter, window, signal);
  return { now, ever: now === 0 ? await countItems(id, filter, null, signal) : now };
}

function Counted({ collection }: { collection: Collection }) {
  const { id, azalai } = collection;
  const filter = filterOf(id);
  const key = JSON.stringify([id, filter, azalai.generation]);
  const counts = useFetchedInWindow((window, signal) => countBoth(id, filter, window, signal), key);
  if (counts.state !== 'ready' || counts.value.now === null) return <p class="legend-none">{t('legend.none')}</p>;
  const { now, ever } = counts.value;
  if (ever === 0) {
    const why = filter === null ? 'empty.layer' : hiddenClasses.value.has(id) ? 'empty.classes' : 'empty.filter';
    return <p class="legend-none">{t(why)}</p>;
  }
  if (now === 0) return <p class="legend-none">{t('empty.window', { count: count(ever ?? 0) })}</p>;
  return (
    <p class="legend-none">
      {t('empty.view', { count: count(now ?? 0) })}{' '}
      <button type="button" class="link-button" onClick={() => zoomToLayer(collection)}>
        {t('layers.zoomTo')}
      </button>
    </p>
  );
}
