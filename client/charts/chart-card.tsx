import '../css/charts.css';
import { useRef } from 'preact/hooks';
import { dayText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { unitText } from '../i18n/unit-text.ts';
import { Bars } from './bars.tsx';
import { toBins } from './bins.ts';
import type { Chart } from './chart.ts';
import { edgesOf, Histogram } from './histogram.tsx';
import { numberText } from './number-text.ts';
import { saveDrawing, saveFile } from './save-file.ts';
import { Series } from './series.tsx';
import { type CsvValue, toCsv } from './to-csv.ts';
import { useWidth } from './use-width.ts';

/** Of the panel, before it is measured. */
const WIDTH = 448;

/** A chart with its unit, its table and both as files. */
export function ChartCard({ chart, name }: { chart: Chart; name: string }) {
  const [place, width] = useWidth(WIDTH);
  const drawing = useRef<HTMLDivElement>(null);
  const title = chart.of ? `${t(chart.title)} · ${local(chart.of)}` : t(chart.title);
  const unit = unitText(chart.unit);
  const { columns, rows } = tableOf(chart);
  const file = `${name}-${chart.id}`;
  const save = () => {
    const svg = drawing.current?.querySelector('svg');
    if (svg) saveDrawing(file, svg);
  };
  return (
    <figure class="chart-card" ref={place}>
      <figcaption>
        {title} {unit && <span class="quiet">{unit}</span>}
      </figcaption>
      <div ref={drawing} role="img" aria-label={`${title} ${unit}`}>
        {chart.type === 'bars' && <Bars chart={chart} width={width} />}
        {chart.type === 'series' && <Series chart={chart} width={width} />}
        {chart.type === 'histogram' && <Histogram chart={chart} width={width} />}
      </div>
      {chart.type === 'series' && chart.slope && (
        <p class="chart-note">
          <svg width="24" height="8" aria-hidden="true">
            <line class="chart-trend" x1="0" x2="24" y1="4" y2="4" />
          </svg>
          {slopeText(chart.slope)}
        </p>
      )}
      {chart.type === 'bars' && chart.bars.some(({ lower }) => lower !== undefined) && (
        <p class="chart-note quiet">{t('chart.interval')}</p>
      )}
      <details class="chart-table">
        <summary>{t('chart.table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is for the keyboard too. */}
        <div class="ask-scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {columns.map((column) =>
                  // One that is empty would be read out as nothing.
                  column === '' ? (
                    <td key={column} />
                  ) : (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at}>
                  {row.map((value, column) => (
                    <td key={columns[column]} class={typeof value === 'number' ? 'is-number' : undefined}>
                      {typeof value === 'number' ? numberText(value) : value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <div class="chart-files">
        <button
          type="button"
          class="link-button"
          onClick={() => saveFile(`${file}.csv`, 'text/csv;charset=utf-8', toCsv(columns, rows))}
        >
          {t('chart.csv')}
        </button>
        <button type="button" class="link-button" onClick={save}>
          {t('chart.svg')}
        </button>
      </div>
    </figure>
  );
}

const signed = (value: number) => `${value > 0 ? '+' : ''}${numberText(value)}`;

function slopeText({ perYear, lower, upper }: { perYear: number; lower?: number; upper?: number }): string {
  const slope = signed(perYear);
  if (lower === undefined || upper === undefined) return t('chart.slope', { slope });
  return t('chart.slopeBetween', { slope, lower: signed(lower), upper: signed(upper) });
}

function tableOf(chart: Chart): { columns: string[]; rows: CsvValue[][] } {
  const value = t('chart.value');
  if (chart.type === 'series') {
    return {
      columns: [t('chart.from'), value],
      rows: chart.points.map((point) => [dayText(point.from), point.value]),
    };
  }
  if (chart.type === 'histogram') {
    const bins = toBins(chart.values, edgesOf(chart.values));
    return {
      columns: [t('chart.binFrom'), t('chart.binTo'), t('chart.number')],
      rows: bins.map(({ from, to, count }) => [from, to, count]),
    };
  }
  const hasInterval = chart.bars.some(({ lower }) => lower !== undefined);
  return {
    columns: ['', value, ...(hasInterval ? [t('chart.lower'), t('chart.upper')] : [])],
    rows: chart.bars.map((bar) => [local(bar.label), bar.value, ...(hasInterval ? [bar.lower, bar.upper] : [])]),
  };
}
