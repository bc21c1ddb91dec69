import { useSignal } from '@preact/signals';
import { getItems } from '../api.ts';
import { enter, entered } from '../ask-store.ts';
import { local, t } from '../i18n/text.ts';
import { collections } from '../state.ts';
import { Failed } from './record.tsx';
import { headingOf } from './record-heading.ts';
import { useFetched } from './use-fetched.ts';

/** Lines that are listed to choose from. */
const MOST = 200;
const PLACES = ':places';

interface OneRecord {
  readonly collection: string;
  readonly item: number;
}
const recordOf = (value: unknown): OneRecord | undefined =>
  typeof value === 'object' && value !== null && 'collection' in value ? (value as OneRecord) : undefined;

/** A line: one that is recorded, or places in a row. */
export function AskLine({ name, isNeeded }: { name: string; isNeeded: boolean }) {
  const lines = collections.value.filter(({ azalai }) => azalai.geometry === 'line' && azalai.group !== 'base');
  const value = entered.peek()[name];
  const typed = useSignal(Array.isArray(value) ? value.join('; ') : '');
  const source = useSignal(Array.isArray(value) ? PLACES : (recordOf(value)?.collection ?? lines[0]?.id ?? PLACES));
  const choose = (next: string) => {
    source.value = next;
    enter(name, undefined);
  };
  return (
    <>
      <select
        aria-label={t('ask.line')}
        value={source.value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {lines.map(({ id, azalai }) => (
          <option key={id} value={id}>
            {local(azalai.title)}
          </option>
        ))}
        <option value={PLACES}>{t('ask.line.places')}</option>
      </select>
      {source.value === PLACES ? (
        <input
          type="text"
          required={isNeeded}
          aria-label={t('ask.line.places')}
          placeholder={t('ask.line.example')}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            const places = typed.value.split(/[;>→]/).map((place) => place.trim());
            enter(name, places.every((place) => place === '') ? undefined : places.filter(Boolean));
          }}
        />
      ) : (
        <Records key={source.value} collection={source.value} name={name} isNeeded={isNeeded} />
      )}
    </>
  );
}

function Records({ collection: id, name, isNeeded }: { collection: string; name: string; isNeeded: boolean }) {
  const found = useFetched((signal) => getItems(id, MOST, signal), id);
  const collection = collections.value.find((each) => each.id === id);
  if (found.state === 'failed') return <Failed retry={found.retry} />;
  if (found.state !== 'ready' || !collection) return <p class="quiet">{t('ask.loading')}</p>;
  return (
    <select
      required={isNeeded}
      aria-label={t('ask.line.which')}
      value={recordOf(entered.value[name])?.item ?? ''}
      onChange={({ currentTarget: { value } }) =>
        enter(name, value === '' ? undefined : { collection: id, item: Number(value) })
      }
    >
      <option value="">{t('ask.line.which')}</option>
      {found.value.features.map((record) => (
        <option key={record.id} value={record.id}>
          {headingOf(collection, record.properties)}
        </option>
      ))}
    </select>
  );
}
