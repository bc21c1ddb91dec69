import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { currentLink } from '../address.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { shortLink, storeView } from '../api/views.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { ProblemWords } from './problem-words.tsx';
import { takenView } from './taken-view.ts';

const SAID_MS = 6_000;

/** What has been copied, or is to be copied by hand: the plain link, or a short one. */
interface Shared {
  readonly link: string;
  readonly isShort: boolean;
  readonly isCopied: boolean;
}

/**
 * Copies a link to what the page shows, and offers a short one, which the server keeps; where pages may not copy, the link is
 * shown to be copied by hand.
 */
export function ShareButton() {
  const shared = useSignal<Shared | null>(null);
  const problem = useSignal<Problem | null>(null);
  const isBusy = useSignal(false);
  const link = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const { value: now } = shared;
  useEffect(() => {
    if (now && !now.isCopied) link.current?.select();
    if (!now?.isCopied) return undefined;
    // Not while somebody is on its button.
    const timer = setInterval(() => {
      if (!note.current?.matches(':hover, :focus-within')) close();
    }, SAID_MS);
    return () => clearInterval(timer);
  }, [now]);
  const close = () => {
    shared.value = null;
    problem.value = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const copy = async (text: string, isShort: boolean) => {
    problem.value = null;
    try {
      // Pages that are not served by https have no clipboard.
      await navigator.clipboard.writeText(text);
      shared.value = { link: text, isShort, isCopied: true };
    } catch {
      shared.value = { link: text, isShort, isCopied: false };
    }
  };
  const shorten = async () => {
    isBusy.value = true;
    try {
      const { id } = await storeView(takenView());
      await copy(shortLink(id), true);
    } catch (cause) {
      problem.value = problemOf(cause);
    }
    isBusy.value = false;
  };
  return (
    <div class="share">
      <button
        type="button"
        class="tool"
        aria-label={t('share.copy')}
        title={t('share.copy')}
        onClick={() => void copy(currentLink(), false)}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M8.5 11.5l3-3M9 6l1.8-1.8a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.8 1.8a3.5 3.5 0 0 1-5-5L6 9" />
        </svg>
      </button>
      {/* Always there, so that what comes into it is read out. */}
      <div ref={note} class={now ? `share-note${now.isCopied ? '' : ' is-link'}` : 'visually-hidden'}>
        <p role="status">
          {now ? t(now.isCopied ? (now.isShort ? 'share.copiedShort' : 'share.copied') : 'share.select') : ''}
        </p>
        {problem.value && (
          <p role="alert">
            <ProblemWords problem={problem.value} frame="share.failed" />
          </p>
        )}
        {now && !now.isCopied && (
          <input ref={link} type="text" readOnly value={now.link} aria-label={t('share.link')} onKeyDown={onKeyDown} />
        )}
        {now && (
          <p class="panel-buttons">
            {!now.isShort && offlineSince() === null && (
              <button
                type="button"
                class="button"
                disabled={isBusy.value}
                onKeyDown={onKeyDown}
                onClick={() => void shorten()}
              >
                {t('share.short')}
              </button>
            )}
            {!now.isCopied && (
              <button type="button" class="button" onKeyDown={onKeyDown} onClick={close}>
                {t('share.close')}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
