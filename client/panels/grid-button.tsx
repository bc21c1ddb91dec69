import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { GRIDS, grid } from '../state/grid.ts';
import { useOutside } from './use-outside.ts';

/** Lines of latitude and longitude, or of MGRS, over the map. */
export function GridButton() {
  const isOpen = useSignal(false);
  const name = useId();
  const close = () => {
    isOpen.value = false;
  };
  const part = useOutside<HTMLSpanElement>(isOpen.value, close);
  return (
    <span class="tool-part" ref={part}>
      <button
        type="button"
        class="tool"
        aria-pressed={grid.value !== 'none'}
        aria-expanded={isOpen.value}
        aria-label={t('grid.open')}
        title={t('grid.open')}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 7h14M3 13h14M7 3v14M13 3v14" />
        </svg>
      </button>
      {isOpen.value && (
        <fieldset class="tool-popover">
          <legend>{t('grid.title')}</legend>
          {GRIDS.map((choice) => (
            <label key={choice} class="tool-choice">
              <input
                type="radio"
                name={name}
                checked={grid.value === choice}
                onChange={() => {
                  grid.value = choice;
                }}
              />
              {t(`grid.${choice}`)}
            </label>
          ))}
        </fieldset>
      )}
    </span>
  );
}
