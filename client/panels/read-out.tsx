import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { copyText } from '../copy-text.ts';
import { t } from '../i18n/text.ts';
import { printDms } from '../search/print-position.ts';
import { decimalsFor, digitsFor } from '../search/shown-position.ts';
import { centreAt, degreesPerPixel, type Position, pointerAt, positionForm } from '../state/position.ts';
import { language } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { useMgrs } from './use-mgrs.ts';

const SAID_MS = 2_000;
const isWritten = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** To be pasted: with points and hyphens in every language. */
function printed({ lon, lat }: Position): string {
  const decimals = decimalsFor(degreesPerPixel.value);
  if (positionForm.value === 'dms') return printDms(lon, lat, language.value, decimals < 5 ? 0 : 1);
  return `${lat.toFixed(decimals)}, ${lon.toFixed(decimals)}`;
}

/** Where the pointer is, or the middle of the map: in degrees and in MGRS, to be copied. */
export function ReadOut() {
  const at = pointerAt.value ?? centreAt.value;
  const reference = useMgrs(at, digitsFor(degreesPerPixel.value));
  const said = useSignal('');
  const text = at ? printed(at) : '';

  useEffect(() => {
    const copy = async (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const position = pointerAt.peek() ?? centreAt.peek();
      if (event.key.toLowerCase() !== 'c' || !isPlain || isWritten(event.target) || !position) return;
      const copied = printed(position);
      said.value = t((await copyText(copied)) ? 'position.copied' : 'position.select', { text: copied });
      setTimeout(() => {
        said.value = '';
      }, SAID_MS);
    };
    addEventListener('keydown', copy);
    return () => removeEventListener('keydown', copy);
  }, []);

  if (!at) return null;
  const shown = text.replaceAll('-', '\u2212');
  const other = positionForm.value === 'decimal' ? 'dms' : 'decimal';
  return (
    <fieldset class="read-out" aria-label={t('position.label')}>
      <span class="read-out-what" title={t(pointerAt.value ? 'position.pointer' : 'position.centre')}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          {pointerAt.value ? <path d="M2 1v9l2.5-2.5L6.500 11 8 10.300 6 7h3.500Z" /> : <path d="M6 0v12M0 6h12" />}
        </svg>
        <span class="visually-hidden">{t(pointerAt.value ? 'position.pointer' : 'position.centre')}</span>
      </span>
      <CopyButton text={text} title={`${t('position.copyHint')}: ${shown}`}>
        {shown}
      </CopyButton>
      {reference !== '' && <CopyButton text={reference.replaceAll(' ', '')}>{reference}</CopyButton>}
      <button
        type="button"
        class="read-out-form"
        aria-label={`${t(`position.${other}`)}: ${t('position.form')}`}
        title={t('position.form')}
        onClick={() => {
          positionForm.value = other;
        }}
      >
        {t(`position.${other}`)}
      </button>
      <span class={said.value === '' ? 'visually-hidden' : 'copy-said'} role="status">
        {said.value}
      </span>
    </fieldset>
  );
}
