import type { LegendEntry, Swatch } from '../../server/core/legend.ts';
import { local } from '../i18n/text.ts';

export function Legend({ entries, label }: { entries: readonly LegendEntry[]; label: string }) {
  const isScale = entries.some(({ swatch }) => swatch.type === 'hexagon');
  return (
    <ul class={`legend${isScale ? ' is-scale' : ''}`} aria-label={label}>
      {entries.map((entry) => (
        <li
          key={`${entry.field}/${entry.value}/${entry.label.en}`}
          class={entry.swatch.type === 'caption' ? 'is-caption' : undefined}
        >
          <LegendSwatch swatch={entry.swatch} />
          <span>{local(entry.label)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The mark of an entry, drawn as the map draws it. 24 x 16 pixels. */
export function LegendSwatch({ swatch }: { swatch: Swatch }) {
  if (swatch.type === 'caption') return null;
  return (
    <svg class="swatch" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
      <Mark swatch={swatch} />
    </svg>
  );
}

function Mark({ swatch }: { swatch: Exclude<Swatch, { type: 'caption' }> }) {
  switch (swatch.type) {
    case 'point':
      return <PointMark shape={swatch.shape} color={swatch.color} />;
    case 'line':
      return (
        <g fill="none" stroke={swatch.color} stroke-width="2.5">
          <path d="M1 8H23" stroke-dasharray={swatch.dashed ? '5 3' : undefined} />
          {swatch.arrow && (
            <path d="M9.5 3.5L16 8l-6.5 4.5z" fill={swatch.color} stroke="var(--paper)" stroke-width="1" />
          )}
        </g>
      );
    case 'area':
      return <AreaMark {...swatch} />;
    case 'hexagon':
      return <path d="M12 0.5l7 3.75v7.5L12 15.5l-7-3.75v-7.5z" fill={swatch.color} />;
    case 'text':
      return (
        <text x="12" y="12.5" text-anchor="middle" font-size="12" font-weight="600" fill={swatch.color}>
          Aa
        </text>
      );
  }
}

function PointMark({ shape, color }: { shape: string; color: string }) {
  const common = { fill: color, stroke: 'var(--paper)', 'stroke-width': 1.25 };
  switch (shape) {
    case 'square':
      return <rect x="7" y="3" width="10" height="10" {...common} />;
    case 'diamond':
      return <path d="M12 1.5L18.5 8 12 14.5 5.5 8z" {...common} />;
    case 'triangle':
      return <path d="M12 2L18.5 13.5H5.5z" {...common} />;
    case 'cross':
      return <path d="M10 2h4v4h4v4h-4v4h-4v-4H6V6h4z" {...common} />;
    default:
      return <circle cx="12" cy="8" r="5.5" {...common} />;
  }
}

function AreaMark({ color, opacity, hatch }: Extract<Swatch, { type: 'area' }>) {
  const rising = [-8, -2, 4, 10, 16, 22].map((x) => `M${x} 16L${x + 16} 0`).join('');
  const falling = [-8, -2, 4, 10, 16, 22].map((x) => `M${x} 0L${x + 16} 16`).join('');
  return (
    <>
      <rect
        x="0.75"
        y="0.75"
        width="22.5"
        height="14.5"
        rx="2"
        fill={color}
        fill-opacity={hatch === 'none' ? Math.min(1, opacity + 0.2) : 0.12}
      />
      {hatch !== 'none' && (
        <path d={hatch === 'hatch' ? rising : rising + falling} stroke={color} stroke-width="1.2" fill="none" />
      )}
      <rect x="0.75" y="0.75" width="22.5" height="14.5" rx="2" fill="none" stroke={color} stroke-width="1.5" />
    </>
  );
}
