import '../css/charts.css';
import '../css/strip.css';
import { scaleLinear } from 'd3-scale';
import { useEffect, useRef } from 'preact/hooks';
import { STRIP_COLUMNS, stripRows } from '../ask/strip-rows.ts';
import type { Strip } from '../ask/strips-of.ts';
import { saveDrawing, saveFile } from '../charts/save-file.ts';
import { toCsv } from '../charts/to-csv.ts';
import { useWidth } from '../charts/use-width.ts';
import { count, local, t } from '../i18n/text.ts';
import { stripCursor, stripLines } from '../state/strip.ts';
import { StripLegend } from './strip-legend.tsx';
import { BARS, Bins, GROUND, Ground, LEFT, Marks, RIGHT } from './strip-parts.tsx';
import { readOut } from './strip-read-out.ts';

const MARKS = 34;
const AXIS = 16;

/** One line from its beginning to its end: events by bin, who holds the ground, what it crosses and passes. */
export function StripChart({ strip, name }: { strip: Strip; name: string }) {
  const [place, width] = useWidth(448);
  const drawing = useRef<HTMLDivElement>(null);
  const { id, bins, stretches, marks, lengthKm } = strip;
  useEffect(() => {
    stripLines.value = new Map([...stripLines.peek(), [id, strip.pieces]]);
    return () => {
      stripLines.value = new Map([...stripLines.peek()].filter(([each]) => each !== id));
      if (stripCursor.peek()?.strip === id) stripCursor.value = null;
    };
  }, [strip]);
  const cursor = stripCursor.value?.strip === id ? stripCursor.value.km : null;
  const put = (km: number | null) => {
    stripCursor.value = km === null ? null : { strip: id, km: Math.max(0, Math.min(lengthKm, km)) };
  };
  const x = scaleLinear()
    .domain([0, lengthKm])
    .range([LEFT, width - RIGHT]);
  const top = bins.length > 0 ? BARS : 0;
  const ground = top + 4;
  const below = ground + (stretches.length > 0 ? GROUND + 4 : 0);
  const height = below + (marks.length > 0 ? MARKS : 0) + AXIS;
  const step = bins[0] ? bins[0].toKm - bins[0].fromKm : lengthKm / 20;
  const onKey = (event: KeyboardEvent) => {
    const by: Record<string, number> = {
      ...{ ArrowLeft: -lengthKm / 100, ArrowRight: lengthKm / 100, PageDown: -step, PageUp: step },
      ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
    };
    const change = by[event.key];
    if (change === undefined) return;
    event.preventDefault();
    put((cursor ?? 0) + change);
  };
  const onPointer = ({ clientX, currentTarget }: { clientX: number; currentTarget: Element }) =>
    put(x.invert(clientX - currentTarget.getBoundingClientRect().left));
  const words = cursor === null ? '' : readOut(strip, cursor);
  return (
    <figure class="chart-card strip" ref={place}>
      <figcaption>
        {t('strip.title')} {strip.title && <span class="quiet">{local(strip.title)}</span>}
      </figcaption>
      <div
        ref={drawing}
        class="strip-drawing"
        role="slider"
        tabIndex={0}
        aria-label={t('strip.label')}
        aria-valuemin={0}
        aria-valuemax={Math.round(lengthKm)}
        aria-valuenow={Math.round(cursor ?? 0)}
        aria-valuetext={words || t('strip.hint')}
        onKeyDown={onKey}
        onFocus={() => cursor === null && put(0)}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
      >
        <svg class="chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {bins.length > 0 && <Bins bins={bins} x={x} width={width} />}
          <Ground stretches={stretches} x={x} y={ground} />
          <Marks marks={marks} x={x} y={below} top={top} right={width - RIGHT} />
          {x.ticks(Math.max(3, Math.floor(width / 80))).map((tick) => (
            <text key={tick} class="chart-tick" x={x(tick)} y={height - 4} text-anchor="middle">
              {count(tick)}
            </text>
          ))}
          {cursor !== null && <line class="strip-cursor" x1={x(cursor)} x2={x(cursor)} y1="0" y2={height - AXIS} />}
        </svg>
      </div>
      <p class="strip-words" aria-hidden="true">
        {words || <span class="quiet">{t('strip.hint')}</span>}
      </p>
      <StripLegend bins={bins} stretches={stretches} />
      <div class="chart-files">
        <button
          type="button"
          class="link-button"
          onClick={() =>
            saveFile(`${name}-${id}.csv`, 'text/csv;charset=utf-8', toCsv(STRIP_COLUMNS, stripRows(strip)))
          }
        >
          {t('chart.csv')}
        </button>
        <button
          type="button"
          class="link-button"
          onClick={() => {
            const svg = drawing.current?.querySelector('svg');
            if (svg) saveDrawing(`${name}-${id}`, svg);
          }}
        >
          {t('chart.svg')}
        </button>
      </div>
    </figure>
  );
}
