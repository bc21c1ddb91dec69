import '../css/table.css';
import '../css/layer-more.css';
import '../css/counts.css';
import '../i18n/counts-texts.ts';
import { useEffect, useRef } from 'preact/hooks';
import { local, t } from '../i18n/text.ts';
import { clockMode } from '../state/clock.ts';
import { closeCounts, countsOf } from '../state/counts.ts';
import { collectionById, timeWindow } from '../state.ts';
import { windowText } from './clock-words.ts';
import { CountsHexagons } from './counts-hexagons.tsx';
import { CountsLayers } from './counts-layers.tsx';
import { giveFocusBack } from './give-focus-back.ts';

/** All that the map shows, for those who do not see it and for those who want the figures: layers, and each hexagon. */
export function Counts() {
  const dock = useRef<HTMLElement>(null);
  const layer = countsOf.value;
  const collection = collectionById.value.get(layer ?? '');
  useEffect(() => {
    const opener = document.activeElement;
    return () => giveFocusBack(opener);
  }, []);
  useEffect(() => dock.current?.focus(), [layer]);
  return (
    <section
      class="table-dock counts is-middle"
      aria-label={t('counts.title')}
      tabIndex={-1}
      ref={dock}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // What lies over the map stays: this is what the reader is in.
        event.stopPropagation();
        closeCounts();
      }}
    >
      <header class="table-head">
        <h2>{collection ? local(collection.azalai.title) : t('counts.title')}</h2>
        <p class="table-count">{t('counts.when', { when: windowText(timeWindow.value, clockMode.value) })}</p>
        {collection && (
          <button
            type="button"
            class="tool-link counts-back"
            onClick={() => {
              countsOf.value = '';
            }}
          >
            {t('counts.all')}
          </button>
        )}
        <button type="button" class="icon-button table-close" aria-label={t('counts.close')} onClick={closeCounts}>
          ×
        </button>
      </header>
      {collection ? <CountsHexagons key={collection.id} collection={collection} /> : <CountsLayers />}
    </section>
  );
}
