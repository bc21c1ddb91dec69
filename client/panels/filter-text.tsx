import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { countItems } from '../api/item-pages.ts';
import { t } from '../i18n/text.ts';
import { setFilter } from '../state/filters.ts';

/** The filter as it is sent, to be read, copied and written by hand. The server says what is wrong with it. */
export function FilterText({ layer, text }: { layer: string; text: string }) {
  const id = useId();
  const written = useSignal(text);
  const problem = useSignal<string | null>(null);
  const isAsking = useSignal(false);
  useEffect(() => {
    written.value = text;
    problem.value = null;
  }, [text]);
  const apply = async () => {
    const wanted = written.value.trim();
    problem.value = null;
    if (wanted === '') return setFilter(layer, null);
    isAsking.value = true;
    try {
      await countItems(layer, wanted, null);
      setFilter(layer, wanted);
    } catch (cause) {
      problem.value = cause instanceof Error ? cause.message : String(cause);
    }
    isAsking.value = false;
  };
  return (
    <details class="filter-text">
      <summary>{t('filter.text')}</summary>
      <div class="form-field">
        <label for={id} class="visually-hidden">
          {t('filter.text')}
        </label>
        <textarea
          id={id}
          rows={3}
          spellcheck={false}
          aria-invalid={problem.value !== null}
          aria-describedby={`${id}-problem`}
          value={written.value}
          onInput={({ currentTarget }) => {
            written.value = currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void apply();
          }}
        />
      </div>
      <p id={`${id}-problem`} class="filter-problem" role="alert">
        {problem.value}
      </p>
      <button
        type="button"
        class="button"
        disabled={isAsking.value || written.value.trim() === text}
        onClick={() => void apply()}
      >
        {t('filter.apply')}
      </button>
    </details>
  );
}
