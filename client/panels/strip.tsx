import '../css/charts.css';
import '../css/strip.css';
import { scaleLinear } from 'd3-scale';
import { useEffect, useRef } from 'preact/hooks';
import type { Strip, StripBin, StripMark, StripStretch } from '../ask/strips-of.ts';
import { numberText } from '../charts/number-text.ts';
import { saveFile, svgText } from '../charts/save-file.ts';
import { useWidth } from '../charts/use-width.ts';
import { count, local, t } from '../i18n/text.ts';
import { stripCursor, stripLines } from '../state/strip.ts';
import { actorColor, actorText, kindColor, kindText } from './strip-words.ts';

const LEFT = 30;
const RIGHT = 8;
const BARS = 84;
const GROUND = 14;
const MARKS = 34;
const AXIS = 16;
/** Pixels that a name takes at most, about. */
const NAME = 74;

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
          <Marks marks={marks} x={x} y={below} top={top} />
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
          onClick={() => {
            const svg = drawing.current?.querySelector('svg');
            const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
            if (svg) saveFile(`${name}-${id}.svg`, 'image/svg+xml', svgText(svg, paper || '#ffffff'));
          }}
        >
          {t('chart.svg')}
        </button>
      </div>
    </figure>
  );
}

type X = (km: number) => number;

const kindsOf = (bins: readonly StripBin[]) => [...new Set(bins.flatMap(({ kinds }) => Object.keys(kinds)))].sort();

function Bins({ bins, x, width }: { bins: readonly StripBin[]; x: X; width: number }) {
  const y = scaleLinear()
    .domain([0, Math.max(1, ...bins.map(({ events }) => events))])
    .range([BARS, 6])
    .nice(3);
  const kinds = kindsOf(bins);
  return (
    <g>
      {y
        .ticks(3)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick} transform={`translate(0,${y(tick)})`}>
            <line class="chart-rule" x1={LEFT} x2={width - RIGHT} />
            <text class="chart-tick" x={LEFT - 5} y="4" text-anchor="end">
              {numberText(tick)}
            </text>
          </g>
        ))}
      {bins.map((bin) => {
        let below = 0;
        const wide = Math.max(1, x(bin.toKm) - x(bin.fromKm) - 1);
        const isOutside = bin.rate === undefined;
        return (
          <g key={bin.fromKm}>
            {isOutside && <rect class="strip-unknown" x={x(bin.fromKm)} y="6" width={wide + 1} height={BARS - 6} />}
            {kinds.map((kind) => {
              const number = bin.kinds[kind] ?? 0;
              if (number === 0) return null;
              below += number;
              return (
                <rect
                  key={kind}
                  x={x(bin.fromKm) + 0.5}
                  y={y(below)}
                  width={wide}
                  height={y(0) - y(number)}
                  fill={kindColor(kind, kinds)}
                />
              );
            })}
          </g>
        );
      })}
    </g>
  );
}

function Ground({ stretches, x, y }: { stretches: readonly StripStretch[]; x: X; y: number }) {
  return (
    <g>
      {stretches.map(({ fromKm, toKm, actors }) => (
        <g key={fromKm}>
          {(actors.length === 0 ? [''] : actors).map((actor, at, all) => (
            <rect
              key={actor}
              class={actor === '' ? 'strip-nobody' : undefined}
              x={x(fromKm)}
              y={y + (GROUND / all.length) * at}
              width={Math.max(1, x(toKm) - x(fromKm))}
              height={GROUND / all.length}
              {...(actor !== '' && { fill: actorColor(actor) })}
            />
          ))}
        </g>
      ))}
    </g>
  );
}

const isCrossing = (kind: string) => kind === 'border' || kind === 'river';

function Marks({ marks, x, y, top }: { marks: readonly StripMark[]; x: X; y: number; top: number }) {
  let free = 0;
  return (
    <g>
      {marks.map((mark) => {
        const at = x(mark.km);
        // A name where there is room for one; all are told when the cursor comes by.
        const isNamed = at >= free;
        if (isNamed) free = at + NAME;
        return (
          <g key={`${mark.kind}/${mark.item}/${mark.km}`}>
            {isCrossing(mark.kind) ? (
              <line class={`strip-crossing is-${mark.kind}`} x1={at} x2={at} y1={top} y2={y + 12} />
            ) : (
              <circle class="strip-place" cx={at} cy={y + 7} r="3.5" />
            )}
            {isNamed && (
              <text class="chart-tick" x={at} y={y + 24} text-anchor={at > free + 1e6 ? 'end' : 'start'}>
                {mark.name.slice(0, 12)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function StripLegend({ bins, stretches }: { bins: readonly StripBin[]; stretches: readonly StripStretch[] }) {
  const kinds = kindsOf(bins);
  const actors = [...new Set(stretches.flatMap((stretch) => stretch.actors))];
  const isNobody = stretches.some((stretch) => stretch.actors.length === 0);
  const isUnknown = bins.some(({ rate }) => rate === undefined);
  const entry = (key: string, text: string, look: { class?: string; fill?: string }) => (
    <li key={key}>
      <svg width="12" height="12" aria-hidden="true">
        <rect width="12" height="12" {...look} />
      </svg>
      {text}
    </li>
  );
  return (
    <ul class="strip-legend" aria-label={t('strip.legend')}>
      {kinds.map((kind) => entry(`kind/${kind}`, kindText(kind), { fill: kindColor(kind, kinds) }))}
      {isUnknown && entry('unknown', t('strip.outside'), { class: 'strip-unknown' })}
      {actors.map((actor) => entry(`actor/${actor}`, actorText(actor), { fill: actorColor(actor) }))}
      {isNobody && entry('nobody', t('strip.nobody'), { class: 'strip-nobody' })}
    </ul>
  );
}

/** What lies at a chainage, in words. */
function readOut({ bins, stretches, marks, lengthKm }: Strip, km: number): string {
  const bin = bins.find(({ fromKm, toKm }) => km >= fromKm && km <= toKm);
  const stretch = stretches.find(({ fromKm, toKm }) => km >= fromKm && km <= toKm);
  const near = marks.filter((mark) => Math.abs(mark.km - km) <= lengthKm / 60);
  const span = bin && {
    from: count(Math.round(bin.fromKm)),
    to: count(Math.round(bin.toKm)),
    events: count(bin.events),
  };
  return [
    t('strip.at', { km: count(Math.round(km)) }),
    ...(span ? [t('strip.bin', span)] : []),
    ...(bin?.rate
      ? [
          t('strip.rate', {
            rate: numberText(bin.rate[0]),
            lower: numberText(bin.rate[1]),
            upper: numberText(bin.rate[2]),
          }),
        ]
      : bin
        ? [t('strip.outside')]
        : []),
    ...(stretch
      ? [
          stretch.actors.length > 0
            ? t('strip.held', { actors: stretch.actors.map(actorText).join(', ') })
            : t('strip.nobody'),
        ]
      : []),
    ...near.slice(0, 3).map((mark) => t(markKey(mark.kind), { name: mark.name })),
  ].join(' · ');
}

const markKey = (kind: string) =>
  kind === 'river' ? 'strip.river' : kind === 'border' ? 'strip.border' : 'strip.near';
