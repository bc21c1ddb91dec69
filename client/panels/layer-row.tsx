import { useSignal } from '@preact/signals';
import type { Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { hiddenClasses } from '../state/layers.ts';
import { themedLegend } from '../state/theme.ts';
import { countings, drawnClasses, HEXAGONS, isCounting, toggleLayer, visible } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { FilterNote } from './filter-note.tsx';
import { InViewText } from './in-view.tsx';
import { LayerEmpty } from './layer-empty.tsx';
import { LegendSwatch } from './legend.tsx';
import { ClassLegend, CountedKinds } from './legend-classes.tsx';

/** What can be done with a layer and what is known of it, for those who look into it. */
const LayerMore = fetchedPart(
  () => import('./layer-more.tsx').then((part) => part.LayerMore),
  ({ retry }) => (
    <p role="alert">
      {t('layers.moreFailed')}{' '}
      <button type="button" class="link-button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);

/** One layer: the row toggles it, the dots beside it open what can be done with it, the legend shows while it is on. */
export function LayerRow({ collection }: { collection: Collection }) {
  const isOpen = useSignal(false);
  const { id, azalai } = collection;
  const isOn = visible.value.has(id);
  const title = local(azalai.title);
  const first = themedLegend(azalai).find(({ swatch }) => swatch.type !== 'caption');
  return (
    <div class={`layer${isOn ? ' is-on' : ''}`} data-layer={id}>
      <div class="layer-row">
        <button type="button" class="layer-toggle" role="switch" aria-checked={isOn} onClick={() => toggleLayer(id)}>
          <span class="track" aria-hidden="true" />
          {first && <LegendSwatch swatch={first.swatch} />}
          <span class="layer-title">{title}</span>
          {azalai.nature !== 'documented' && azalai.group !== 'base' && (
            <span class={`tag is-${azalai.nature}`}>{t(`nature.${azalai.nature}`)}</span>
          )}
        </button>
        <button
          type="button"
          class="icon-button about-button"
          aria-expanded={isOpen.value}
          aria-label={t('layers.menu', { layer: title })}
          title={t('layers.menu', { layer: title })}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="currentColor">
            <circle cx="4.5" cy="10" r="1.6" />
            <circle cx="10" cy="10" r="1.6" />
            <circle cx="15.5" cy="10" r="1.6" />
          </svg>
        </button>
      </div>
      {isOn && <Shown collection={collection} />}
      <FilterNote collection={collection} />
      {isOpen.value && <LayerMore collection={collection} />}
    </div>
  );
}

const isOfScale = (swatch: string) => swatch === 'hexagon' || swatch === 'caption';

/** The legend of what the map shows, or why it shows nothing. */
function Shown({ collection }: { collection: Collection }) {
  const { id, azalai } = collection;
  const drawn = drawnClasses.value.get(id);
  // Where nobody could count, nothing is drawn, which does not mean that there is nothing.
  const isCounted = !isCounting.value && countings.value.get(id)?.by !== 'nobody';
  const isEmpty = isCounted && drawn?.size === 0;
  const isHexagons = azalai.style.type === 'hexagons' || (drawn?.has(HEXAGONS) ?? false);
  const isScaled = azalai.legend.some(({ swatch }) => isOfScale(swatch.type));
  // A long legend is read sooner when it lists only what the map shows; what was switched off is listed to be switched on.
  const isListed = (field: string | undefined, value: string | undefined) =>
    !drawn ||
    field === undefined ||
    drawn.has(`${field}/${value}`) ||
    hiddenClasses.value.get(id)?.has(`${field}/${value}`);
  const entries = themedLegend(azalai).filter(
    ({ field, value, swatch }) => isOfScale(swatch.type) === isHexagons && isListed(field, value),
  );
  return (
    <>
      {azalai.legend.length > 1 && (!isEmpty || hiddenClasses.value.has(id)) && (
        <ClassLegend collection={collection} entries={entries} />
      )}
      {isHexagons && isScaled && offlineSince() === null && <CountedKinds collection={collection} />}
      <InViewText collection={collection} />
      {isEmpty && <LayerEmpty collection={collection} />}
    </>
  );
}
