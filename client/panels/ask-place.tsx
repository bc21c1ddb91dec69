import { useSignal } from '@preact/signals';
import { SHOWN } from '../ask/resolve-inputs.ts';
import { t } from '../i18n/text.ts';
import type { ValueControl } from './ask-controlled.ts';
import { DrawButton, drawnOf, PickButton, recordOf, Taken } from './ask-from-map.tsx';

const WAYS = ['unsaid', 'admin', 'view', 'map', 'area', 'point'] as const;
type Way = (typeof WAYS)[number];

function wayOf(value: unknown): Way {
  if (value === SHOWN) return 'view';
  if (recordOf(value)) return 'map';
  const drawn = drawnOf(value);
  if (drawn) return drawn.type === 'Point' ? 'point' : 'area';
  return adminOf(value) === '' ? 'unsaid' : 'admin';
}

const adminOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'admin' in value ? String(value.admin) : '';

/** Where: anywhere, in an administrative unit, in what the map shows, in a feature of it, or in what is drawn on it. */
export function AskPlace({ title, isNeeded, value, put }: ValueControl) {
  const typed = useSignal(adminOf(value));
  const way = useSignal<Way>(wayOf(value));
  const choose = (next: Way) => {
    way.value = next;
    put(next === 'view' ? SHOWN : undefined);
  };
  const current = way.value;
  return (
    <>
      <select
        aria-label={title}
        required={isNeeded}
        value={current === 'unsaid' ? '' : current}
        onChange={({ currentTarget }) => choose((currentTarget.value || 'unsaid') as Way)}
      >
        {WAYS.map((each) => (
          <option key={each} value={each === 'unsaid' ? '' : each}>
            {t(each === 'unsaid' && isNeeded ? 'ask.place.choose' : `ask.place.${each}`)}
          </option>
        ))}
      </select>
      {current === 'admin' && (
        <input
          type="text"
          required
          aria-label={t('ask.place.admin')}
          placeholder={t('ask.place.example')}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            const given = typed.value.trim();
            put(given === '' ? undefined : { admin: given });
          }}
        />
      )}
      {['map', 'area', 'point'].includes(current) && (
        <div class="ask-map-place">
          <Taken value={value} />
          {current === 'map' && <PickButton title={title} put={put} geometries={['point', 'line', 'polygon']} />}
          {current === 'area' && <DrawButton title={title} put={put} mode="polygon" drawn={drawnOf(value)} />}
          {current === 'point' && <DrawButton title={title} put={put} mode="point" drawn={drawnOf(value)} />}
        </div>
      )}
    </>
  );
}
