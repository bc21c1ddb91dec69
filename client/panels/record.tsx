import type { Field } from '../../server/core/layer.ts';
import { type Collection, getRecord, type RecordFeature } from '../api.ts';
import { dayText, instantText, validityText } from '../i18n/dates.ts';
import { count, local, t } from '../i18n/text.ts';
import { collectionById } from '../state.ts';
import { citations } from './citations.ts';
import { LegendSwatch } from './legend.tsx';
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
  const answer = useFetched((signal) => getRecord(layer, id, signal), `${layer}/${id}`);
  if (!collection) return null;
  if (answer.state === 'failed') return <Failed retry={answer.retry} />;
  if (answer.state === 'loading') return <p class="card quiet">{t('records.loading')}</p>;
  return <RecordCard collection={collection} record={answer.value} />;
}

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
    </article>
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

/** A text that is kept once per language: the reader's, or the other where that one is empty. */
function localText(properties: RecordFeature['properties'], name: string): string | null {
  const value = properties[`${name}${local({ en: '', fr: '_fr' })}`] || properties[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

const isTranslation = (name: string, fields: readonly Field[]) =>
  name.endsWith('_fr') && fields.some((field) => field.name === name.slice(0, -3));

/** The record's name; or its class, and where it is or from where to where it leads. */
function headingOf({ azalai }: Collection, properties: RecordFeature['properties']): string {
  const name = localText(properties, 'name') ?? localText(properties, 'title');
  if (name) return name;
  const { style } = azalai;
  const by = 'color' in style && typeof style.color === 'object' ? style.color.by : azalai.kind;
  const classField = azalai.fields.find((field) => field.name === by);
  const what =
    classField && isFilled(properties[classField.name])
      ? fieldText(classField, properties[classField.name])
      : local(azalai.title);
  const [from, to] = [localText(properties, 'from_place'), localText(properties, 'to_place')];
  const where = from && to ? `${from} → ${to}` : localText(properties, 'place');
  const text = where ? `${what}: ${where}` : what;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The legend's mark of this record's class. */
function swatchOf({ azalai }: Collection, properties: RecordFeature['properties']) {
  const entries = azalai.legend.filter(({ swatch }) => swatch.type !== 'caption');
  return (entries.find(({ field, value }) => field !== undefined && properties[field] === value) ?? entries[0])?.swatch;
}

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

function fieldText(field: Field, value: unknown): string {
  const titleOf = (text: string) => {
    const known = field.values?.find((candidate) => candidate.value === text);
    return known ? local(known.title) : text;
  };
  if (Array.isArray(value)) return value.map((item) => titleOf(String(item))).join(', ');
  if (typeof value === 'number')
    return field.unit ? `${count(value)} ${field.unit}` : field.name.includes('year') ? String(value) : count(value);
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (field.type === 'date' && typeof value === 'string') return dayText(value);
  if (field.type === 'datetime' && typeof value === 'string') return instantText(value);
  return titleOf(String(value));
}

/** How exactly the record is placed, in words. */
function positionText(geometry: string, metres: unknown): string {
  if (typeof metres !== 'number') return '';
  const distance = metres < 1000 ? `${count(metres)} m` : `${count(Math.round(metres / 1000))} km`;
  return t(geometry === 'point' ? 'records.within' : geometry === 'line' ? 'records.course' : 'records.outline', {
    distance,
  });
}
