import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Layer } from '../../server/core/layer.ts';
import type { Collection } from '../api.ts';
import { count, local, type TextKey, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import {
  collections,
  countings,
  drawnClasses,
  HEXAGONS,
  isCounting,
  isDrawerOpen,
  openAsk,
  openConnect,
  toggleLayer,
  visible,
} from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { Credits } from './foot.tsx';
import { InViewText } from './in-view.tsx';
import { Legend, LegendSwatch } from './legend.tsx';

/** As people think of them; a group without a layer is left out. */
export const GROUPS: readonly Layer['group'][] = [
  'control',
  'trafficking',
  'mining',
  'violence',
  'missions',
  'other',
  'base',
];

export function LayerPanel() {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isDrawerOpen.value) panel.current?.querySelector<HTMLElement>('button')?.focus();
  }, [isDrawerOpen.value]);
  return (
    <nav class="layers" id="layers" aria-label={t('layers.title')} ref={panel}>
      <div class="drawer-head">
        <h2>{t('layers.title')}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t('layers.close')}
          onClick={() => {
            isDrawerOpen.value = false;
          }}
        >
          ×
        </button>
      </div>
      {offlineSince() === null && (
        <button type="button" class="button is-main ask-button" onClick={() => openAsk()}>
          {t('ask.open')}
        </button>
      )}
      {GROUPS.map((group) => {
        const members = collections.value.filter(({ azalai }) => azalai.group === group);
        return members.length > 0 && <LayerGroup key={group} group={group} members={members} />;
      })}
      <p class="disc-note">
        <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
          <circle
            cx="12"
            cy="8"
            r="7"
            fill="currentColor"
            fill-opacity="0.12"
            stroke="currentColor"
            stroke-opacity="0.5"
          />
          <circle cx="12" cy="8" r="2.5" fill="currentColor" />
        </svg>
        {t('legend.disc')}
      </p>
      {offlineSince() === null && (
        <button type="button" class="button connect-button" onClick={() => openConnect()}>
          {t('connect.open')}
        </button>
      )}
      <Credits />
    </nav>
  );
}

function LayerGroup({ group, members }: { group: Layer['group']; members: readonly Collection[] }) {
  return (
    <section class="group">
      <h2>{t(`group.${group}` satisfies TextKey)}</h2>
      {members.map((collection) => (
        <LayerRow key={collection.id} collection={collection} />
      ))}
    </section>
  );
}

/** One layer: the row toggles it, the mark beside it tells more, the legend shows while it is on. */
function LayerRow({ collection }: { collection: Collection }) {
  const isAbout = useSignal(false);
  const { id, azalai } = collection;
  const isOn = visible.value.has(id);
  const title = local(azalai.title);
  const hasClasses = azalai.legend.length > 1;
  // Where nobody could count, nothing is drawn, which does not mean that there is nothing.
  const isCounted = !isCounting.value && countings.value.get(id)?.by !== 'nobody';
  const isEmpty = isCounted && drawnClasses.value.get(id)?.size === 0;
  const isHexagons = azalai.style.type === 'hexagons' || (drawnClasses.value.get(id)?.has(HEXAGONS) ?? false);
  // A long legend is read sooner when it lists only what the map shows.
  const drawn = drawnClasses.value.get(id);
  const shown = azalai.legend.filter(
    ({ field, value, swatch }) =>
      isOfScale(swatch.type) === isHexagons && (!drawn || field === undefined || drawn.has(`${field}/${value}`)),
  );
  const first = azalai.legend.find(({ swatch }) => swatch.type !== 'caption');
  return (
    <div class={`layer${isOn ? ' is-on' : ''}`} data-layer={id}>
      <div class="layer-row">
        <button type="button" class="layer-toggle" role="switch" aria-checked={isOn} onClick={() => toggleLayer(id)}>
          <span class="track" aria-hidden="true" />
          {first && <LegendSwatch swatch={first.swatch} />}
          <span class="layer-title">{title}</span>
          {azalai.nature === 'modelled' && <span class="tag is-modelled">{t('nature.modelled')}</span>}
        </button>
        <button
          type="button"
          class="icon-button about-button"
          aria-expanded={isAbout.value}
          aria-label={t('layers.about', { layer: title })}
          onClick={() => {
            isAbout.value = !isAbout.value;
          }}
        >
          i
        </button>
      </div>
      {isOn && hasClasses && !isEmpty && <Legend entries={shown} label={t('layers.legend', { layer: title })} />}
      {isOn && <InViewText collection={collection} />}
      {isOn && isEmpty && <p class="legend-none">{t('legend.none')}</p>}
      {isAbout.value && <About collection={collection} />}
    </div>
  );
}

const isOfScale = (swatch: string) => swatch === 'hexagon' || swatch === 'caption';

/** Files, connections and versions, for those who look into a layer. */
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

function About({ collection }: { collection: Collection }) {
  const { azalai } = collection;
  return (
    <div class="about">
      <p>{local(azalai.description)}</p>
      <dl>
        <dt>{t('layers.provenance')}</dt>
        <dd>
          {local(azalai.provenance)} (
          {t(azalai.count === 1 ? 'layers.record' : 'layers.records', { count: count(azalai.count) })},{' '}
          {t(`nature.${azalai.nature}`)})
        </dd>
        <dt>{t('layers.sources')}</dt>
        {azalai.sources.map(({ key, title, url }) => (
          <dd key={key}>{url ? <a href={url}>{title}</a> : title}</dd>
        ))}
        <dt>{t('layers.licence')}</dt>
        <dd>{azalai.licence.url ? <a href={azalai.licence.url}>{azalai.licence.name}</a> : azalai.licence.name}</dd>
      </dl>
      {offlineSince() === null && <LayerMore collection={collection} />}
    </div>
  );
}
