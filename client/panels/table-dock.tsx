import { useEffect, useRef } from 'preact/hooks';
import { local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { closeTable, tableHeight, tableLayer, tableRound } from '../state/table.ts';
import { collectionById } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { giveFocusBack } from './give-focus-back.ts';

const Table = fetchedPart<{ layer: string }>(
  () => import('./table.tsx').then((part) => part.Table),
  ({ retry }) => (
    <p class="panel-problem" role="alert">
      {t('panel.missing')}{' '}
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);

/** The records of one layer as a table, below the map. */
export function TableDock() {
  const dock = useRef<HTMLElement>(null);
  const layer = tableLayer.value;
  const collection = collectionById.value.get(layer ?? '');
  const isOpen = layer !== null;
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    return () => giveFocusBack(opener);
  }, [isOpen]);
  useEffect(() => {
    if (layer !== null) dock.current?.focus();
  }, [layer]);
  if (layer === null || !collection || offlineSince() !== null) return null;
  return (
    <section
      class={`table-dock is-${tableHeight.value}`}
      aria-label={t('table.title', { layer: local(collection.azalai.title) })}
      tabIndex={-1}
      ref={dock}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // What lies over the map stays: this is what the reader is in.
        event.stopPropagation();
        closeTable();
      }}
    >
      <Table key={`${layer}/${tableRound.value}`} layer={layer} />
    </section>
  );
}
