import '../css/charts.css';
import '../i18n/ask-texts.ts';
import type { ProcessResult } from '../api/processes.ts';
import { getCellRecords } from '../api.ts';
import { askedEvents } from '../ask/asked-events.ts';
import { hotspotOf } from '../ask/hotspot-of.ts';
import { partLegend } from '../ask/part-legend.ts';
import { numberText } from '../charts/number-text.ts';
import { dayText } from '../i18n/dates.ts';
import { count, local, t } from '../i18n/text.ts';
import { beginQuestion } from '../state/question.ts';
import { theme } from '../state/theme.ts';
import { closeSpot, collectionById, language, openAsk } from '../state.ts';
import { FetchedRecord } from './fetched-record.tsx';
import { LegendSwatch } from './legend.tsx';
import { SparklineFiles } from './sparkline-files.tsx';
import { useFetched } from './use-fetched.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Records that are listed: more are in the layer itself. */
const MOST = 20;

/** A hexagon of hotspots: how many, whether that is more than chance, since when, which events, and what is not known. */
export function HotspotCard({ answer, properties }: { answer: ProcessResult; properties: Properties }) {
  const part = answer.features.hexagons;
  if (!part) return null;
  const { verdict, series, from, change, listed, cell, imprecise } = hotspotOf(answer, properties);
  const field = properties.class === undefined ? 'verdict' : 'class';
  const wordsOf = (name: unknown) => {
    const known = part.fields.find((each) => each.name === field)?.values?.find(({ value }) => value === name);
    return known ? local(known.title) : String(name ?? '');
  };
  const swatch = partLegend(part, theme.value).find((entry) => entry.value === properties[field])?.swatch;
  const events = Number(properties.events ?? 0);
  const fact = (title: string, value: unknown) =>
    typeof value === 'number' && (
      <div key={title}>
        <dt>{title}</dt>
        <dd>{numberText(value)}</dd>
      </div>
    );
  const trend = properties.trend;
  return (
    <article class="card hotspot">
      <p class="card-layer">
        {swatch && <LegendSwatch swatch={swatch} />}
        {local(answer.title)}
      </p>
      <h3>{wordsOf(properties[field])}</h3>
      <p>{t(`hotspot.${verdict}`)}</p>
      <dl class="facts">
        {fact(t('hotspot.events'), events)}
        {fact(t('hotspot.around'), properties.around)}
        {fact(t('hotspot.z'), properties.z)}
        {fact(t('hotspot.p'), properties.p_adjusted)}
        {fact(t('hotspot.lastZ'), properties.last_z)}
        {fact(t('hotspot.stepsHot'), properties.steps_hot)}
      </dl>
      {series ? (
        <section>
          <h4>{t('hotspot.overTime')}</h4>
          <SparklineFiles
            values={series}
            name={`${answer.process}-${cell}`}
            label={t('hotspot.series', { from: from ? dayText(from) : '', values: series.join(', ') })}
          />
          {change && (
            <p>
              {t('hotspot.change', {
                ...{ steps: change.steps, earlier: count(change.earlier), later: count(change.later) },
              })}
            </p>
          )}
          {(trend === 'up' || trend === 'down' || trend === 'none') && <p>{t(`hotspot.trend.${trend}`)}</p>}
        </section>
      ) : (
        answer.process === 'hotspots' && <HowItCame answer={answer} />
      )}
      <section>
        <h4>{t('hotspot.evidence')}</h4>
        {events === 0 ? (
          <p class="quiet">{t('hotspot.noEvents')}</p>
        ) : listed && listed.length > 0 ? (
          listed.slice(0, MOST).map(({ collection, item }) => (
            <details key={`${collection}/${item}`}>
              <summary>{titleOf(collection, item)}</summary>
              <FetchedRecord layer={collection} id={item} />
            </details>
          ))
        ) : (
          <CellEvents answer={answer} cell={cell} />
        )}
      </section>
      <section>
        <h4>{t('hotspot.unknown')}</h4>
        <ul class="hotspot-unknown">
          {properties.with_imprecise !== undefined && (
            <li>
              {t('hotspot.withImprecise', {
                verdict: wordsOf(properties.with_imprecise),
                other: wordsOf(properties.without_imprecise),
              })}
            </li>
          )}
          {imprecise > 0 && <li>{t('hotspot.imprecise', { count: count(imprecise) })}</li>}
          {answer.caveats.map(({ code, text }) => (
            <li key={`${code}/${text.en}`}>{text[language.value]}</li>
          ))}
        </ul>
      </section>
    </article>
  );
}

/** The same question over time: whether it is new, lasting or gone. */
function HowItCame({ answer }: { answer: ProcessResult }) {
  const ask = () => {
    const { events, datetime, place, resolution, ring, imprecise } = answer.receipt.inputs;
    const given = Object.entries({ events, datetime, place, resolution, ring, imprecise }).filter(
      ([, value]) => value !== undefined && value !== 'spread',
    );
    beginQuestion('emerging-hotspots', { inputs: { ...Object.fromEntries(given), step: 'quarter' } });
    closeSpot();
    openAsk('emerging-hotspots');
  };
  return (
    <button type="button" class="button" onClick={ask}>
      {t('hotspot.howCame')}
    </button>
  );
}

/** The events in the hexagon, as the layers have them now, in the window and by the filters of the question. */
function CellEvents({ answer, cell }: { answer: ProcessResult; cell: string }) {
  const asked = askedEvents(answer.receipt.inputs.events);
  const [from, to] = String(answer.receipt.inputs.datetime ?? '../..').split('/');
  const window = { from: dayOf(from), to: dayOf(to) };
  const found = useFetched(async (signal) => {
    const pages = await Promise.all(
      asked.map(({ layer, filter }) => getCellRecords(layer, cell, window, MOST, signal, filter)),
    );
    return pages.flatMap(({ features }, at) => features.map(({ id }) => ({ layer: asked[at]?.layer ?? '', id })));
  }, `${answer.receipt.hash}/${cell}`);
  if (found.state !== 'ready') return null;
  return (
    <>
      <p class="quiet">{t('hotspot.unlisted')}</p>
      {found.value.slice(0, MOST).map(({ layer, id }) => (
        <details key={`${layer}/${id}`}>
          <summary>{titleOf(layer, id)}</summary>
          <FetchedRecord layer={layer} id={id} />
        </details>
      ))}
    </>
  );
}

function titleOf(layer: string, id: number): string {
  const collection = collectionById.value.get(layer);
  return `${collection ? local(collection.azalai.title) : layer} · ${id}`;
}

const dayOf = (end: string | undefined) => (/^\d{4}-\d{2}-\d{2}/.test(end ?? '') ? (end as string).slice(0, 10) : null);
