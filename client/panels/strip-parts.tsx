import { scaleLinear } from 'd3-scale';
import { kindsOf, type StripBin, type StripMark, type StripStretch } from '../ask/strips-of.ts';
import { numberText } from '../charts/number-text.ts';
import { actorColor, kindColor } from './strip-words.ts';

/** What a strip is drawn of. Pixels. */
export const LEFT = 30;
export const RIGHT = 8;
export const BARS = 84;
export const GROUND = 14;
/** That a name takes at most, about. */
const NAME = 74;

type X = (km: number) => number;

/** Events by bin, one kind upon the other; grey where nothing is known. */
export function Bins({ bins, x, width }: { bins: readonly StripBin[]; x: X; width: number }) {
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

/** Who is recorded where; several share the height. */
export function Ground({ stretches, x, y }: { stretches: readonly StripStretch[]; x: X; y: number }) {
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

interface MarksProps {
  readonly marks: readonly StripMark[];
  readonly x: X;
  readonly y: number;
  readonly top: number;
  readonly right: number;
}

/** Borders and rivers that are crossed, and what is passed. */
export function Marks({ marks, x, y, top, right }: MarksProps) {
  let free = 0;
  return (
    <g>
      {marks.map((mark) => {
        const at = x(mark.km);
        // A name where there is room for one; all are told when the cursor comes by.
        const isAtEnd = at + NAME > right;
        const isNamed = (isAtEnd ? at - NAME : at) >= free;
        if (isNamed) free = at + NAME;
        return (
          <g key={`${mark.kind}/${mark.item}/${mark.km}`}>
            {isCrossing(mark.kind) ? (
              <line class={`strip-crossing is-${mark.kind}`} x1={at} x2={at} y1={top} y2={y + 12} />
            ) : (
              <circle class="strip-place" cx={at} cy={y + 7} r="3.5" />
            )}
            {isNamed && (
              <text class="chart-tick" x={at} y={y + 24} text-anchor={isAtEnd ? 'end' : 'start'}>
                {mark.name.slice(0, 12)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
