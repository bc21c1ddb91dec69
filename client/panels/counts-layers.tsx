import type { Collection } from '../api.ts';
import { count, local, t } from '../i18n/text.ts';
import { acrossKm } from '../map/hexagon-size.ts';
import { offlineSince } from '../offline.ts';
import { openCounts } from '../state/counts.ts';
import { isTableOfView, openTable } from '../state/table.ts';
import { collections, countings, inView, isBusy, visible } from '../state.ts';
import { shownLegend } from './shown-legend.ts';

/** How the map draws a layer, and how much of it is in view: one row each, without the map's ground. */
export function CountsLayers() {
  const shown = collections.value.filter(({ id, azalai }) => visible.value.has(id) && azalai.group !== 'base');
  if (shown.length === 0) return <p class="table-empty">{t('counts.none')}</p>;
  return (
    <div class="table-body">
      <table class={isBusy.value ? 'is-old' : undefined} aria-busy={isBusy.value}>
        <thead>
          <tr>
            <th scope="col">{t('counts.layer')}</th>
            <th scope="col">{t('counts.sure')}</th>
            <th scope="col" class="is-number">
              {t('counts.number')}
            </th>
            <th scope="col">{t('counts.as')}</th>
            <th scope="col">{t('counts.classes')}</th>
            <th scope="col">{t('counts.more')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((collection) => (
            <LayerCounts key={collection.id} collection={collection} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LayerCounts({ collection }: { collection: Collection }) {
  const { id, azalai } = collection;
  const seen = inView.value.get(id);
  const isUncounted = countings.value.get(id)?.by === 'nobody';
  const title = local(azalai.title);
  const classes = shownLegend(collection).filter(({ value }) => value !== undefined);
  const isHexagons = seen !== undefined && seen.resolution !== null;
  return (
    <tr data-layer={id}>
      <th scope="row">{title}</th>
      <td>
        <span class={`tag is-${azalai.nature}`}>{t(`nature.${azalai.nature}`)}</span>
      </td>
      <td class="is-number">{isUncounted || !seen ? t('counts.unknown') : count(seen.count)}</td>
      <td>{isUncounted || !seen || seen.count === 0 ? t('counts.asNothing') : drawnAs(seen.resolution)}</td>
      <td>
        <div class="table-cell">{classes.map(({ label }) => local(label)).join(', ')}</div>
      </td>
      <td class="counts-ways">
        {isHexagons && (
          <button
            type="button"
            class="link-button"
            aria-label={t('counts.hexagonsOf', { layer: title })}
            onClick={() => openCounts(id)}
          >
            {t('counts.hexagons')}
          </button>
        )}
        {offlineSince() === null && (
          <button
            type="button"
            class="link-button"
            aria-label={t('counts.recordsOf', { layer: title })}
            onClick={() => {
              openTable(id);
              isTableOfView.value = true;
            }}
          >
            {t('counts.records')}
          </button>
        )}
      </td>
    </tr>
  );
}

function drawnAs(resolution: number | null): string {
  if (resolution === null) return t('counts.asRecords');
  return t('counts.asHexagons', { distance: `${count(acrossKm(resolution))}\u00a0km` });
}
