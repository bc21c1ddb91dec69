import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Collection } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { drawnOrder, moveTo, order } from '../state/layers.ts';
import { themedLegend } from '../state/theme.ts';
import { collectionById, visible } from '../state.ts';
import { LegendSwatch } from './legend.tsx';

/** The layers as they lie on one another, the uppermost first: moved by dragging, or by buttons one at a time. */
export function LayerOrder() {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useSignal<string | null>(null);
  /** Where it would fall, counted without it. */
  const target = useSignal(0);
  const said = useSignal('');
  const ids = drawnOrder.value.filter((id) => collectionById.value.has(id));
  const titleOf = (id: string) => local(collectionById.value.get(id)?.azalai.title ?? { en: id, fr: id });

  const move = (id: string, index: number) => {
    moveTo(id, index);
    const place = Math.max(0, Math.min(ids.length - 1, index)) + 1;
    said.value = t('layers.moved', { layer: titleOf(id), place, all: ids.length });
  };
  const step = (id: string, by: -1 | 1) => {
    move(id, ids.indexOf(id) + by);
    // The row has moved with its buttons, which takes the focus away.
    requestAnimationFrame(() => {
      const [up, down] = list.current?.querySelectorAll<HTMLButtonElement>(`[data-order="${id}"] .order-step`) ?? [];
      const wanted = by < 0 ? up : down;
      (wanted?.disabled ? (by < 0 ? down : up) : wanted)?.focus();
    });
  };
  const follow = (event: PointerEvent) => {
    if (dragged.value === null) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-order]') ?? [])];
    const others = rows.filter((row) => row.dataset.order !== dragged.value);
    const middle = ({ top, height }: DOMRect) => top + height / 2;
    target.value = others.filter((row) => middle(row.getBoundingClientRect()) < event.clientY).length;
  };
  const drop = () => {
    if (dragged.value !== null && target.value !== ids.indexOf(dragged.value)) move(dragged.value, target.value);
    dragged.value = null;
  };
  const others = ids.filter((id) => id !== dragged.value);

  return (
    <section class="order" aria-label={t('layers.byOrder')}>
      <p class="order-hint">{t('layers.orderHint')}</p>
      <ol ref={list}>
        {ids.map((id, index) => {
          const collection = collectionById.value.get(id) as Collection;
          const isTarget = dragged.value !== null && others[target.value] === id;
          const isAfter = dragged.value !== null && target.value === others.length && id === others.at(-1);
          return (
            <li
              key={id}
              data-order={id}
              class={`order-row${visible.value.has(id) ? ' is-on' : ''}${dragged.value === id ? ' is-dragged' : ''}${isTarget ? ' is-target' : ''}${isAfter ? ' is-last-target' : ''}`}
            >
              <span
                class="order-handle"
                aria-hidden="true"
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  dragged.value = id;
                  target.value = index;
                }}
                onPointerMove={follow}
                onPointerUp={drop}
                onPointerCancel={() => {
                  dragged.value = null;
                }}
              >
                ⠿
              </span>
              <OrderSwatch collection={collection} />
              <span class="layer-title">{titleOf(id)}</span>
              <button
                type="button"
                class="icon-button order-step"
                disabled={index === 0}
                aria-label={t('layers.moveUp', { layer: titleOf(id) })}
                onClick={() => step(id, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                class="icon-button order-step"
                disabled={index === ids.length - 1}
                aria-label={t('layers.moveDown', { layer: titleOf(id) })}
                onClick={() => step(id, 1)}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      <p class="visually-hidden" role="status">
        {said.value}
      </p>
      {order.value !== null && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            order.value = null;
          }}
        >
          {t('layers.orderBack')}
        </button>
      )}
    </section>
  );
}

function OrderSwatch({ collection: { azalai } }: { collection: Collection }) {
  const entry = themedLegend(azalai).find(({ swatch }) => swatch.type !== 'caption');
  return entry ? <LegendSwatch swatch={entry.swatch} /> : null;
}
