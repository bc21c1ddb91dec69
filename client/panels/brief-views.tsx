import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { briefAt } from '../state/brief.ts';
import { type Draft, nextKey } from '../state/brief-draft.ts';
import { addView, moveView } from '../state/brief-steps.ts';
import { isBusy } from '../state.ts';
import { nameOfView } from './brief-view-name.ts';
import { BriefViewRow } from './brief-view-row.tsx';
import { takenForBrief } from './taken-view.ts';

/** Most views of a brief, as the server takes it: core/brief.ts. */
const MOST = 50;

/** The views of a brief in their order: moved by dragging, or by buttons one at a time. */
export function BriefViews({ now, isWritten }: { now: Draft; isWritten: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useSignal<number | null>(null);
  /** Where it would fall, counted without it. */
  const target = useSignal(0);
  const said = useSignal('');
  const opened = useSignal<number | null>(null);
  const { views } = now;

  const move = (from: number, to: number) => {
    const view = views[from];
    const place = Math.max(0, Math.min(views.length - 1, to));
    if (!view || place === from) return;
    const name = nameOfView(view, from);
    moveView(now, from, place, name);
    said.value = t('brief.moved', { view: name, place: place + 1, all: views.length });
  };
  const step = (from: number, by: -1 | 1) => {
    const key = views[from]?.key;
    move(from, from + by);
    // The row has moved with its buttons, which takes the focus away.
    requestAnimationFrame(() => {
      const [up, down] = list.current?.querySelectorAll<HTMLButtonElement>(`[data-view="${key}"] .view-step`) ?? [];
      const wanted = by < 0 ? up : down;
      (wanted?.disabled ? (by < 0 ? down : up) : wanted)?.focus();
    });
  };
  const follow = (event: PointerEvent) => {
    if (dragged.value === null) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-view]') ?? [])];
    const middle = ({ top, height }: DOMRect) => top + height / 2;
    target.value = rows.filter(
      (row, index) => index !== dragged.value && middle(row.getBoundingClientRect()) < event.clientY,
    ).length;
  };
  const drop = () => {
    if (dragged.value !== null) move(dragged.value, target.value);
    dragged.value = null;
  };
  const add = () => {
    const view = { key: nextKey(), title: '', note: '', view: takenForBrief() };
    const name = nameOfView(view, views.length);
    addView(now, view, name);
    said.value = t('brief.added', { view: name });
    briefAt.value = views.length + 1;
    opened.value = view.key;
    // Its title is written next.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-view="${view.key}"] input`)?.focus());
  };
  const others = views.filter((_, index) => index !== dragged.value);
  const mark = (index: number) => {
    if (dragged.value === null) return '';
    if (dragged.value === index) return ' is-dragged';
    if (others[target.value] === views[index]) return ' is-target';
    return target.value === others.length && views[index] === others.at(-1) ? ' is-last-target' : '';
  };

  return (
    <section class="panel-part brief-views" aria-label={t('brief.viewList')}>
      <h3>{t('brief.viewList')}</h3>
      {views.length === 0 && <p class="quiet">{t(isWritten ? 'brief.noViews' : 'present.empty')}</p>}
      {isWritten && views.length > 1 && <p class="quiet">{t('brief.orderHint')}</p>}
      <ol ref={list}>
        {views.map((view, index) => (
          <li
            key={view.key}
            data-view={view.key}
            class={`brief-view${briefAt.value === index + 1 ? ' is-shown' : ''}${mark(index)}`}
          >
            <BriefViewRow
              {...{ now, index, isWritten, step }}
              isOpen={opened.value === view.key}
              open={(isOpen) => {
                opened.value = isOpen ? view.key : null;
              }}
              say={(text) => {
                said.value = text;
              }}
              handle={{
                onPointerDown: (event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  dragged.value = index;
                  target.value = index;
                },
                onPointerMove: follow,
                onPointerUp: drop,
                onPointerCancel: () => {
                  dragged.value = null;
                },
              }}
            />
          </li>
        ))}
      </ol>
      <p class={said.value === '' ? 'visually-hidden' : 'quiet'} role="status">
        {said.value}
      </p>
      {isWritten && (
        <p class="panel-buttons">
          <button type="button" class="button add-view" disabled={views.length >= MOST || isBusy.value} onClick={add}>
            {t('brief.add')}
          </button>
          {views.length >= MOST && <span class="quiet">{t('brief.tooMany', { most: MOST })}</span>}
        </p>
      )}
    </section>
  );
}
