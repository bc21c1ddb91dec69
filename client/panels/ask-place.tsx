import { useSignal } from '@preact/signals';
import { SHOWN } from '../ask/shown-box.ts';
import { enter, entered } from '../ask-store.ts';
import { t } from '../i18n/text.ts';

const WAYS = ['unsaid', 'admin', 'view'] as const;
type Way = (typeof WAYS)[number];

/** Where: anywhere, in an administrative unit, or in what the map shows. */
export function AskPlace({ name }: { name: string }) {
  const value = entered.value[name];
  const admin = typeof value === 'object' && value !== null && 'admin' in value ? String(value.admin) : '';
  const typed = useSignal(admin);
  const way = useSignal<Way>(value === SHOWN ? 'view' : admin ? 'admin' : 'unsaid');
  const choose = (next: Way) => {
    way.value = next;
    enter(name, next === 'view' ? SHOWN : undefined);
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
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            const given = typed.value.trim();
            enter(name, given === '' ? undefined : { admin: given });
          }}
        />
      )}
    </>
  );
}
