import { useSignal } from '@preact/signals';
import { enter } from '../ask-store.ts';
import { t } from '../i18n/text.ts';
import { view } from '../state.ts';
import { viewBox } from '../view-box.ts';

const WAYS = ['unsaid', 'admin', 'view'] as const;
type Way = (typeof WAYS)[number];

/** What the map shows now, to a ten thousandth of a degree. */
function shownBox(): number[] | undefined {
  const map = document.querySelector('.map');
  if (!view.value || !map) return undefined;
  return viewBox(view.value, map.clientWidth, map.clientHeight).map((degrees) => Math.round(degrees * 1e4) / 1e4);
}

/** Where: anywhere, in an administrative unit, or in what the map shows. */
export function AskPlace({ name }: { name: string }) {
  const way = useSignal<Way>('unsaid');
  const choose = (next: Way) => {
    way.value = next;
    const bbox = next === 'view' ? shownBox() : undefined;
    enter(name, bbox && { bbox });
  };
  return (
    <>
      <select
        aria-label={t('ask.place')}
        value={way.value}
        onChange={({ currentTarget }) => choose(currentTarget.value as Way)}
      >
        {WAYS.map((each) => (
          <option key={each} value={each}>
            {t(`ask.place.${each}`)}
          </option>
        ))}
      </select>
      {way.value === 'admin' && (
        <input
          type="text"
          required
          aria-label={t('ask.place.admin')}
          placeholder={t('ask.place.example')}
          onChange={({ currentTarget }) => {
            const admin = currentTarget.value.trim();
            enter(name, admin === '' ? undefined : { admin });
          }}
        />
      )}
    </>
  );
}
