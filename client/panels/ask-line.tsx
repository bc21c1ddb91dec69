import { useSignal } from '@preact/signals';
import { getItems } from '../api.ts';
import { local, t } from '../i18n/text.ts';
import { headingOf } from '../reading/record-heading.ts';
import { collections } from '../state.ts';
import type { ValueControl } from './ask-controlled.ts';
import { DrawButton, drawnOf, PickButton, recordOf, Taken } from './ask-from-map.tsx';
import { FetchFailed } from './fetch-failed.tsx';
import { useFetched } from './use-fetched.ts';

/** Lines that are listed to choose from. */
const MOST = 200;
const PLACES = ':places';
const DRAWN = ':drawn';

const placesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && 'places' in value ? (value.places as string[]) : [];

/** A line: one that is recorded, places in a row, or one that is drawn. */
export function AskLine({ title, isNeeded, value, put }: ValueControl) {
  const record = recordOf(value);
  const lines = collections.value.filter(
    ({ id, azalai }) => azalai.geometry === 'line' && (azalai.group !== 'base' || id === record?.collection),
  );
  const typed = useSignal(placesOf(value).join('; '));
  const chosen = useSignal(lines[0]?.id ?? PLACES);
  const source = record
    ? record.collection
    : drawnOf(value)
      ? DRAWN
      : placesOf(value).length > 0
        ? PLACES
        : chosen.value;
  const choose = (next: string) => {
    chosen.value = next;
    put(undefined);
  };
  return (
    <>
      <select aria-label={t('ask.line')} value={source} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {lines.map(({ id, azalai }) => (
          <option key={id} value={id}>
            {local(azalai.title)}
          </option>
        ))}
        <option value={PLACES}>{t('ask.line.places')}</option>
        <option value={DRAWN}>{t('ask.line.drawn')}</option>
      </select>
      {source === PLACES && (
        <input
          type="text"
          required={isNeeded}
          aria-label={t('ask.line.places')}
          placeholder={t('ask.line.example')}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            chosen.value = PLACES;
            const places = typed.value
              .split(/[;>→]/)
              .map((place) => place.trim())
              .filter(Boolean);
            put(places.length === 0 ? undefined : { places });
          }}
        />
      )}
      {source !== PLACES && source !== DRAWN && (
        <Records
          key={source}
          collection={source}
          isNeeded={isNeeded}
          item={record?.item}
          put={(item) => put(item === undefined ? undefined : { collection: source, item })}
        />
      )}
      <div class="ask-map-place">
        {source === DRAWN && <Taken value={value} />}
        {source === DRAWN ? (
          <DrawButton title={title} put={put} mode="line" drawn={drawnOf(value)} />
        ) : (
          <PickButton title={title} put={put} geometries={['line']} />
        )}
      </div>
    </>
  );
}

interface RecordsProps {
  readonly collection: string;
  readonly isNeeded: boolean;
  readonly item: number | string | undefined;
  readonly put: (item: number | undefined) => void;
}

function Records({ collection: id, isNeeded, item, put }: RecordsProps) {
  const found = useFetched((signal) => getItems(id, MOST, signal), id);
  const collection = collections.value.find((each) => each.id === id);
  if (found.state === 'failed') return <FetchFailed retry={found.retry} />;
  if (found.state !== 'ready' || !collection) return <p class="quiet">{t('ask.loading')}</p>;
  const { features } = found.value;
  const isListed = item === undefined || features.some((record) => record.id === item);
  return (
    <select
      required={isNeeded}
      aria-label={t('ask.line.which')}
      value={item ?? ''}
      onChange={({ currentTarget: { value } }) => put(value === '' ? undefined : Number(value))}
    >
      <option value="">{t('ask.line.which')}</option>
      {!isListed && <option value={item}>{t('ask.line.numbered', { number: item })}</option>}
      {features.map((record) => (
        <option key={record.id} value={record.id}>
          {headingOf(collection, record.properties)}
        </option>
      ))}
    </select>
  );
}
