import '../css/compare.css';
import '../i18n/compare-texts.ts';
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { parseEntry } from '../clock/entry.ts';
import { t } from '../i18n/text.ts';
import { clockMode } from '../state/clock.ts';
import { COMPARE_VIEWS, changeComparison, comparison, stopComparing } from '../state/compare.ts';
import { timeWindow } from '../state.ts';
import { windowEntry, windowText } from './clock-words.ts';

/** Which period lies on the left, how the two lie, and the way out. */
export function CompareBar() {
  const current = comparison.value;
  const window = current?.window ?? { from: null, to: null };
  const typed = useSignal(windowEntry(window));
  const isBad = useSignal(false);
  // At once: what is written meanwhile must not be overwritten.
  useLayoutEffect(() => {
    typed.value = windowEntry(window);
    isBad.value = false;
  }, [window.from, window.to]);
  if (!current) return null;
  const take = () => {
    const entry = parseEntry(typed.value);
    isBad.value = entry === null;
    if (entry) changeComparison({ window: entry });
  };
  const swap = () => {
    const { value: right } = timeWindow;
    timeWindow.value = window;
    changeComparison({ window: right });
  };
  return (
    <section class="compare-bar" aria-label={t('compare.label')}>
      <form
        class="compare-periods"
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <label class="compare-period">
          <span>{t('compare.left')}</span>
          <input
            type="text"
            value={typed.value}
            aria-invalid={isBad.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
            }}
            onChange={take}
          />
        </label>
        <button type="button" class="button" title={t('compare.swap')} aria-label={t('compare.swap')} onClick={swap}>
          ⇄
        </button>
        <p class="compare-period">
          <span>{t('compare.right')}</span> <strong>{windowText(timeWindow.value, clockMode.value)}</strong>
        </p>
      </form>
      <fieldset class="compare-views" aria-label={t('compare.views')}>
        {COMPARE_VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            class="button"
            aria-pressed={current.view === view}
            onClick={() => changeComparison({ view })}
          >
            {t(`compare.view.${view}`)}
          </button>
        ))}
      </fieldset>
      <button type="button" class="icon-button" aria-label={t('compare.close')} onClick={stopComparing}>
        ×
      </button>
      {isBad.value && (
        <p class="compare-wrong" role="alert">
          {t('compare.wrong')}
        </p>
      )}
    </section>
  );
}
