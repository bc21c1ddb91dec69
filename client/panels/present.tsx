import '../css/present.css';
import '../i18n/brief-texts.ts';
import '../i18n/token-texts.ts';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Brief } from '../../server/core/brief.ts';
import { getBrief } from '../api/briefs.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { t } from '../i18n/text.ts';
import { brief, briefAt, isPresenting, placeIn, viewAt } from '../state/brief.ts';
import { briefPanel, closeSpot, isDrawerOpen, isHelpOpen, language, spot } from '../state.ts';
import { token } from '../token.ts';
import { EnterToken } from './enter-token.tsx';
import { FetchFailed } from './fetch-failed.tsx';
import { PresentBar } from './present-bar.tsx';
import { PresentFacts } from './present-facts.tsx';
import { type Way, wayOf } from './present-keys.ts';
import { showView } from './show-view.ts';
import { useFetched } from './use-fetched.ts';
import { useFullScreen } from './use-full-screen.ts';

/** A brief that fills the page: view after view, by the keyboard, with all that must be said beside the map. */
export function Present() {
  const id = briefPanel.value ?? '';
  const read = (signal: AbortSignal) =>
    brief.peek()?.id === id ? Promise.resolve(brief.peek()) : getBrief(id, undefined, signal);
  // Of the holder of the token, once it is entered.
  const answer = useFetched(read, `${id}/${token.value === ''}`);
  useEffect(() => {
    if (answer.state === 'ready' && answer.value) brief.value = answer.value;
  }, [answer.state]);
  if (brief.value?.id === id) return <Pages of={brief.value} />;
  return (
    <section class="present" aria-label={t('present.label')}>
      <div class="present-failed">
        {answer.state === 'failed' ? (
          <>
            <FetchFailed retry={answer.retry} text="brief.oneFailed" place="" />
            {token.value === '' && <EnterToken />}
          </>
        ) : (
          <p class="quiet">{t('present.loading')}</p>
        )}
        <button type="button" class="button" onClick={leave}>
          {t('panel.close')}
        </button>
      </div>
    </section>
  );
}

function leave(): void {
  isPresenting.value = false;
}

function Pages({ of }: { of: Brief }) {
  const section = useRef<HTMLElement>(null);
  const text = useRef<HTMLElement>(null);
  const problem = useSignal<Problem | null>(null);
  const { isFull, toggle } = useFullScreen(leave);
  const at = placeIn(of.views, briefAt.value ?? 1);
  const view = viewAt(of, at);

  const show = (place: number) => {
    const next = placeIn(of.views, place);
    const wanted = viewAt(of, next);
    briefAt.value = next;
    text.current?.scrollTo({ top: 0 });
    if (!wanted) return;
    problem.value = null;
    showView(wanted.view, { brief: `${of.id}/${next}`, present: '' }).catch((cause: unknown) => {
      problem.value = problemOf(cause);
    });
  };
  const go = (way: Way) => {
    const now = briefAt.peek() ?? 1;
    if (way === 'leave') leave();
    else if (way === 'full') toggle();
    else show({ next: now + 1, previous: now - 1, first: 1, last: of.views.length }[way]);
  };

  useEffect(() => {
    const opener = document.activeElement;
    const before = language.peek();
    language.value = of.language;
    isDrawerOpen.value = false;
    section.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      const way = isHelpOpen.peek() ? null : wayOf(event);
      // What was opened at a spot closes first, and a long text is read by the arrows.
      const isRead = event.key === 'ArrowDown' || event.key === 'ArrowUp';
      const isLong = (text.current?.scrollHeight ?? 0) > (text.current?.clientHeight ?? 0);
      const isReading = isRead && isLong && text.current?.contains(document.activeElement);
      if (way === null || isReading || (way === 'leave' && spot.peek())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      go(way);
    };
    addEventListener('keydown', onKey, true);
    // The map has its place once the page is laid out anew.
    const frame = requestAnimationFrame(() => show(briefAt.peek() ?? 1));
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('keydown', onKey, true);
      closeSpot();
      language.value = before;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [of]);
  useRefit(() => show(briefAt.peek() ?? 1));

  return (
    <section class="present" aria-label={t('present.label')} tabIndex={-1} ref={section}>
      <p class="visually-hidden" role="status">
        {view ? t('present.said', { place: at, all: of.views.length, view: view.title }) : t('present.empty')}
      </p>
      {/* It scrolls: the keyboard must reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is for the keyboard too. */}
      <section class="present-text" ref={text} tabIndex={0} aria-label={view?.title ?? of.title}>
        <p class="present-brief" lang={of.language}>
          {of.title}
          {of.handling === 'internal' && <span class="tag is-modelled">{t('brief.internal')}</span>}
        </p>
        {view ? (
          <>
            <h2 lang={of.language}>{view.title}</h2>
            <div class="present-note" lang={of.language}>
              {view.note
                .split(/\n\s*\n/)
                .filter((paragraph) => paragraph.trim() !== '')
                .map((paragraph) => (
                  <p key={paragraph}>{paragraph.trim()}</p>
                ))}
            </div>
            <PresentFacts handling={of.handling} problem={problem.value} />
          </>
        ) : (
          <p class="quiet">{t('present.empty')}</p>
        )}
      </section>
      <PresentBar {...{ of, at, go, show, isFull }} />
    </section>
  );
}

const SETTLE_MS = 250;

/** When the screen has another size, as when a projector is plugged in, the view is fitted into it again. */
function useRefit(fit: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(fit, SETTLE_MS);
    };
    addEventListener('resize', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('resize', again);
    };
  }, []);
}
