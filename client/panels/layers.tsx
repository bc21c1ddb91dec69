import { useEffect, useRef } from 'preact/hooks';
import type { Layer } from '../../server/core/layer.ts';
import type { Collection } from '../api.ts';
import { type TextKey, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { closeCounts, countsOf, openCounts } from '../state/counts.ts';
import { foldedGroups, isByOrder, toggleFolded } from '../state/layers.ts';
import { collections, isDrawerOpen, openAsk, openConnect, visible } from '../state.ts';
import { Credits } from './foot.tsx';
import { giveFocusBack } from './give-focus-back.ts';
import { LayerOrder } from './layer-order.tsx';
import { LayerRow } from './layer-row.tsx';

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

/** All layers, by what they are about or in the order in which they are drawn. */
export function LayerPanel() {
  const panel = useRef<HTMLElement>(null);
  const isDrawer = isDrawerOpen.value;
  useEffect(() => {
    if (!isDrawer) return;
    const opener = document.activeElement;
    panel.current?.querySelector<HTMLElement>('button')?.focus();
    // What was pressed in it may have the focus elsewhere.
    return () => {
      if (document.activeElement === document.body || panel.current?.contains(document.activeElement)) {
        giveFocusBack(opener);
      }
    };
  }, [isDrawer]);
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
      <fieldset class="list-views" aria-label={t('layers.view')}>
        {([false, true] as const).map((byOrder) => (
          <button
            key={String(byOrder)}
            type="button"
            aria-pressed={isByOrder.value === byOrder}
            onClick={() => {
              isByOrder.value = byOrder;
            }}
          >
            {t(byOrder ? 'layers.byOrder' : 'layers.byTheme')}
          </button>
        ))}
      </fieldset>
      {isByOrder.value ? <LayerOrder /> : <Themes />}
      <button
        type="button"
        class="button counts-button"
        aria-expanded={countsOf.value !== null}
        onClick={() => (countsOf.value === null ? openCounts() : closeCounts())}
      >
        {t('layers.counts')}
      </button>
      {offlineSince() === null && (
        <button type="button" class="button connect-button" onClick={() => openConnect()}>
          {t('connect.open')}
        </button>
      )}
      <Credits />
    </nav>
  );
}

function Themes() {
  return (
    <>
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
    </>
  );
}

function LayerGroup({ group, members }: { group: Layer['group']; members: readonly Collection[] }) {
  const isFolded = foldedGroups.value.has(group);
  const on = members.filter(({ id }) => visible.value.has(id)).length;
  return (
    <section class="group">
      <h2>
        <button
          type="button"
          class="group-head"
          aria-expanded={!isFolded}
          aria-controls={`group-${group}`}
          onClick={() => toggleFolded(group)}
        >
          <svg class="fold" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="M3 4.5l3 3 3-3" fill="none" stroke="currentColor" stroke-width="1.5" />
          </svg>
          <span>{t(`group.${group}` satisfies TextKey)}</span>
          {isFolded && <span class="group-count">{t('layers.someOn', { on, all: members.length })}</span>}
        </button>
      </h2>
      <div id={`group-${group}`} hidden={isFolded}>
        {!isFolded && members.map((collection) => <LayerRow key={collection.id} collection={collection} />)}
      </div>
    </section>
  );
}
