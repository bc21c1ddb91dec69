import { useEffect } from 'preact/hooks';
import type { Field } from '../../server/core/layer.ts';
import { type Collection, getRecord, type RecordFeature } from '../api.ts';
import { dayText, validityText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { distanceText } from '../reading/distance-text.ts';
import { placeOf } from '../reading/place-of.ts';
import { disc } from '../state/disc.ts';
import { themedLegend } from '../state/theme.ts';
import { collectionById, focused, picks } from '../state.ts';
import { citations } from './citations.ts';
import { fetchedPart } from './fetched-part.tsx';
import { fieldText, isFilled } from './field-text.ts';
import { LegendSwatch } from './legend.tsx';
import { headingOf, isTranslation, localText } from './record-heading.ts';
import { RecordLinks } from './record-links.tsx';
import { RecordTools } from './record-tools.tsx';
import { useFetched } from './use-fetched.ts';

/** Shown apart from the others. */
const SPECIAL = new Set([
  'record_id',
  'valid_from',
  'valid_to',
  'date_precision',
  'confidence',
  'precision_m',
  'source',
  'locator',
  'note',
  'handling',
  'recorded_at',
]);
/** What the heading is made from, so far as a record has it. */
const HEADLINE = new Set(['name', 'title', 'place', 'from_place', 'to_place']);
/** Told as a sentence, not as a row. */
const TOLD = new Set(['summary']);
/** Keys of the project's own table of facts: they say nothing to a reader, who has the source and its passage. */
const INTERNAL = new Set(['facts']);

export function FetchedRecord({ layer, id }: { layer: string; id: number }) {
  const collection = collectionById.value.get(layer);
  // A correction makes another version of the layer.
  const key = `${layer}/${id}/${collection?.azalai.generation}`;
  const answer = useFetched((signal) => getRecord(layer, id, signal), key);
  useDisc(layer, id, answer.state === 'ready' ? answer.value : null);
  if (!collection) return null;
  if (answer.state === 'failed') return <Failed retry={answer.retry} />;
  if (answer.state === 'loading') return <p class="card quiet">{t('records.loading')}</p>;
  return <RecordCard collection={collection} record={answer.value} />;
}

/** While the card is read, the map shows how far off the record may be. */
function useDisc(layer: string, id: number, record: RecordFeature | null): void {
  const { value: at } = focused;
  const isRead = at ? at.type === 'record' && at.layer === layer && at.id === id : picks.value?.length === 1;
  useEffect(() => {
    const point = record?.geometry ? placeOf(record.geometry)?.point : null;
    const metres = record?.properties.precision_m;
    if (!isRead || !point || typeof metres !== 'number') return undefined;
    const own = { lon: point[0], lat: point[1], metres };
    disc.value = own;
    return () => {
      if (disc.peek() === own) disc.value = null;
    };
  }, [isRead, record]);
}

const Nearby = fetchedPart<{ layer: string; lon: number; lat: number; precision: number | null }>(
  () => import('./record-nearby.tsx').then(({ RecordNearby }) => RecordNearby),
  () => null,
);

export function Failed({ retry }: { retry: () => void }) {
  return (
    <div class="card" role="alert">
      <p>{t('records.failed')}</p>
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </div>
  );
}

/** One record: what, when, how sure, how exactly placed, and where it is written. */
export function RecordCard({
  collection,
  record,
  isInList = false,
}: {
  collection: Collection;
  record: RecordFeature;
  isInList?: boolean;
}) {
  const { azalai } = collection;
  const properties = record.properties;
  const text = (name: string) =>
    typeof properties[name] === 'string' && properties[name] !== '' ? (properties[name] as string) : null;
  const isRow = ({ name }: Field) =>
    ![SPECIAL, HEADLINE, TOLD, INTERNAL].some((names) => names.has(name)) && !isTranslation(name, azalai.fields);
  const facts = azalai.fields.filter((field) => isRow(field) && isFilled(properties[field.name]));
  const heading = headingOf(collection, properties);
  const summary = localText(properties, 'summary');
  const confidence = text('confidence');
  const swatch = swatchOf(collection, properties);
  const recordedAt = text('recorded_at');
  const point = record.geometry ? placeOf(record.geometry)?.point : null;
  const precision = typeof properties.precision_m === 'number' ? properties.precision_m : null;
  return (
    <article class="card">
      {!isInList && (
        <p class="card-layer">
          {swatch && <LegendSwatch swatch={swatch} />}
          {local(azalai.title)}
        </p>
      )}
      <h3>{heading}</h3>
      <p class="card-when">
        {azalai.time !== null && (
          <span>{validityText(text('valid_from'), text('valid_to'), text('date_precision'))}</span>
        )}
        {confidence && (
          <span class={`tag is-${confidence}`}>{t(`nature.${confidence}` as 'nature.documented') ?? confidence}</span>
        )}
      </p>
      <Honesty confidence={confidence} handling={text('handling')} collection={collection} />
      {summary && <p class="card-summary">{summary}</p>}
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map((field) => (
            <div key={field.name}>
              <dt>{local(field.title)}</dt>
              <dd>{fieldText(field, properties[field.name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {text('note') && <p class="card-note">{text('note')}</p>}
      <Sources
        collection={collection}
        source={text('source')}
        locator={text('locator')}
        isModelled={confidence === 'modelled'}
      />
      <p class="card-foot">
        {positionText(azalai.geometry, properties.precision_m)}
        {recordedAt && <> · {t('records.recorded', { date: dayText(recordedAt) })}</>}
        {text('record_id') && <> · {t('records.id', { id: text('record_id') ?? '' })}</>}
      </p>
      {!isInList && <RecordTools layer={collection.id} record={record} />}
      {point && !isInList && offlineSince() === null && (
        <Nearby layer={collection.id} lon={point[0]} lat={point[1]} precision={precision} />
      )}
      {!isInList && <RecordLinks collection={collection} id={record.id} />}
    </article>
  );
}

/** What must not be taken for more than it is. */
function Honesty({
  confidence,
  handling,
  collection: { azalai },
}: {
  confidence: string | null;
  handling: string | null;
  collection: Collection;
}) {
  const isModelled = confidence === 'modelled' || azalai.nature === 'modelled';
  const words = azalai.fields.find(({ name }) => name === 'handling')?.values;
  const field = words?.find(({ value }) => value === handling);
  return (
    <>
      {isModelled && <p class="card-honest">{t('card.modelled')}</p>}
      {!isModelled && confidence === 'approximate' && <p class="card-honest">{t('card.approximate')}</p>}
      {handling !== null && handling !== 'public' && (
        <p class="card-honest">{t('card.withheld', { handling: field ? local(field.title) : handling })}</p>
      )}
    </>
  );
}

function Sources({
  collection,
  source,
  locator,
  isModelled,
}: {
  collection: Collection;
  source: string | null;
  locator: string | null;
  isModelled: boolean;
}) {
  const titles = new Map(collection.azalai.sources.map((entry) => [entry.key, entry]));
  return (
    <div class="sources">
      <p class="sources-head">{t('records.source')}</p>
      {isModelled && <p>{t('records.generated')}</p>}
      <ul>
        {citations(source ?? '', locator ?? '').map(({ key, locator }) => {
          const entry = titles.get(key);
          return (
            <li key={`${key}${locator}`}>
              {entry?.url ? <a href={entry.url}>{entry.title}</a> : <cite>{entry?.title ?? key}</cite>}
              {locator && <span class="locator"> {locator}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The legend's mark of this record's class. */
function swatchOf({ azalai }: Collection, properties: RecordFeature['properties']) {
  const entries = themedLegend(azalai).filter(({ swatch }) => swatch.type !== 'caption');
  return (entries.find(({ field, value }) => field !== undefined && properties[field] === value) ?? entries[0])?.swatch;
}

/** How exactly the record is placed, in words. */
function positionText(geometry: string, metres: unknown): string {
  if (typeof metres !== 'number') return '';
  const distance = distanceText(metres);
  return t(geometry === 'point' ? 'records.within' : geometry === 'line' ? 'records.course' : 'records.outline', {
    distance,
  });
}
