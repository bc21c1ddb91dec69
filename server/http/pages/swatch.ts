import type { Swatch } from '../../core/legend.ts';
import { type Html, html } from './html.ts';

/** Corners of the marks of points, as the legend of the map has them. */
const MARKS: Readonly<Record<string, string>> = {
  square: 'M7 3h10v10H7z',
  diamond: 'M12 1.5L18.5 8 12 14.5 5.5 8z',
  triangle: 'M12 2L18.5 13.5H5.5z',
  cross: 'M10 2h4v4h4v4h-4v4h-4v-4H6V6h4z',
  circle: 'M6.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z',
};
const RISING = [-8, -2, 4, 10, 16, 22].map((x) => `M${x} 16L${x + 16} 0`).join('');
const FALLING = [-8, -2, 4, 10, 16, 22].map((x) => `M${x} 0L${x + 16} 16`).join('');

function mark(swatch: Exclude<Swatch, { type: 'caption' }>): Html {
  const { color } = swatch;
  switch (swatch.type) {
    case 'point':
      return html`<path d="${MARKS[swatch.shape] ?? MARKS.circle}" fill="${color}" stroke="#ffffff" stroke-width="1.25"/>`;
    case 'line':
      return html`<path d="M1 8H23" fill="none" stroke="${color}" stroke-width="2.5"${swatch.dashed && html` stroke-dasharray="5 3"`}/>${
        swatch.arrow && html`<path d="M9.5 3.5L16 8l-6.5 4.5z" fill="${color}" stroke="#ffffff"/>`
      }`;
    case 'area': {
      const opacity = swatch.hatch === 'none' ? Math.min(1, swatch.opacity + 0.2) : 0.12;
      const lines = { none: '', hatch: RISING, crosshatch: RISING + FALLING }[swatch.hatch];
      return html`<rect x="0.75" y="0.75" width="22.5" height="14.5" rx="2" fill="${color}" fill-opacity="${opacity}" stroke="${color}" stroke-width="1.5"/>${
        lines !== '' && html`<path d="${lines}" stroke="${color}" stroke-width="1.2" fill="none"/>`
      }`;
    }
    case 'hexagon':
      return html`<path d="M12 0.5l7 3.75v7.5L12 15.5l-7-3.75v-7.5z" fill="${color}"/>`;
    case 'text':
      return html`<text x="12" y="12.5" text-anchor="middle" font-size="12" font-weight="600" fill="${color}">Aa</text>`;
  }
}

/** The mark of an entry of a legend, 24 x 16 pixels, on light ground; a caption has none. */
export function swatchMark(swatch: Swatch): Html | false {
  if (swatch.type === 'caption') return false;
  return html`<svg class="swatch" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">${mark(swatch)}</svg>`;
}
