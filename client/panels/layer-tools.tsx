import { useId } from 'preact/hooks';
import type { Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { filtering, filters } from '../state/filters.ts';
import { opacities, setOpacity } from '../state/layers.ts';
import { openTable, tableLayer } from '../state/table.ts';
import { openConnect, openCorrection, openLayerSettings, visible } from '../state.ts';
import { zoomToLayer } from '../zoom-to-layer.ts';
import { FilterGate } from './filter-gate.tsx';

/** How a layer is drawn, and the ways from here. */
export function LayerTools({ collection }: { collection: Collection }) {
  const { id, azalai, extent } = collection;
  const slider = useId();
  const percent = Math.round((opacities.value.get(id) ?? 1) * 100);
  const hasServer = offlineSince() === null;
  const isFiltering = filtering.value === id;
  return (
    <div class="layer-tools">
      <div class="opacity">
        <label for={slider}>{t('tools.opacity')}</label>
        <input
          id={slider}
          type="range"
          min="0"
          max="100"
          step="5"
          value={percent}
          aria-valuetext={`${percent} %`}
          onInput={({ currentTarget }) => setOpacity(id, Number(currentTarget.value) / 100)}
        />
        <output for={slider}>{`${percent}\u00a0%`}</output>
      </div>
      <div class="tool-links">
        {extent?.spatial && (
          <button type="button" class="tool-link" onClick={() => zoomToLayer(collection)}>
            {t('layers.zoomTo')}
          </button>
        )}
        <button
          type="button"
          class="tool-link"
          onClick={() => {
            visible.value = new Set([id]);
          }}
        >
          {t('tools.alone')}
        </button>
        {hasServer && (
          <>
            <button
              type="button"
              class="tool-link"
              aria-expanded={isFiltering}
              aria-pressed={filters.value.has(id)}
              onClick={() => {
                filtering.value = isFiltering ? null : id;
              }}
            >
              {t('tools.filter')}
            </button>
            <button
              type="button"
              class="tool-link"
              aria-pressed={tableLayer.value === id}
              aria-label={t('tools.tableOf', { layer: local(azalai.title) })}
              onClick={() => openTable(id)}
            >
              {t('tools.table')}
            </button>
            {azalai.group !== 'base' && (
              <button type="button" class="tool-link" onClick={() => openCorrection({ layer: id, id: null })}>
                {t('tools.add')}
              </button>
            )}
            <button type="button" class="tool-link" onClick={() => openLayerSettings(id)}>
              {t('tools.settings')}
            </button>
            <button type="button" class="tool-link" onClick={() => openConnect(id)}>
              {t('take.connect')}
            </button>
          </>
        )}
      </div>
      {isFiltering && <FilterGate key={id} layer={id} />}
    </div>
  );
}
