import type { Field } from '../../server/core/layer.ts';
import type { Collection, RecordFeature } from '../api.ts';
import { dayText, validityText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { distanceText } from '../reading/distance-text.ts';
import { fieldText, isFilled } from '../reading/field-text.ts';
import { placeOf } from '../reading/place-of.ts';
import { headingOf, isTranslation, localText } from '../reading/record-heading.ts';
import { themedLegend } from '../state/theme.ts';
import { fetchedPart } from './fetched-part.tsx';
import { LegendSwatch } from './legend.tsx';
import { Honesty } from './record-honesty.tsx';
import { RecordLinks } from './record-links.tsx';
import { Sources } from './record-sources.tsx';
import { RecordTools } from './record-tools.tsx';

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

const Nearby = fetchedPart<{ layer: string; lon: number; lat: number; precision: number | null }>(
  () => import('./record-nearby.tsx').then(({ RecordNearby }) => RecordNearby),
  () => null,
);

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
