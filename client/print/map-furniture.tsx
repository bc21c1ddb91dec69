import { scaleBar } from '../export/scale-bar.ts';
import { count, t } from '../i18n/text.ts';
import { placeOnMap, shownBounds } from '../map/snapshot.ts';
import { graticuleLabel, graticuleStep } from '../search/graticule.ts';
import { language, view } from '../state.ts';

/** Pixels of the page from the map's edge. */
const AIR = 14;

/** Of a length in metres: "200 km". */
const lengthText = (metres: number) => (metres < 1000 ? `${count(metres)}\u00a0m` : `${count(metres / 1000)}\u00a0km`);

/** Grid, scale and north over the map, as lines and letters: in pixels of the page, whatever the paper. */
export function MapFurniture({
  width,
  height,
  perPixel,
  hasGrid,
}: {
  width: number;
  height: number;
  /** Metres across a pixel in the middle. */
  perPixel: number;
  hasGrid: boolean;
}) {
  const bar = scaleBar(perPixel, 170);
  return (
    <svg class="sheet-furniture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {hasGrid && <Grid width={width} height={height} />}
      <g transform={`translate(${width - AIR - 32},${AIR + 14})`} aria-label={t('sheet.northLabel')}>
        <rect class="furniture-ground" width="32" height="50" rx="3" />
        <path class="furniture-ink" d="M16 5l7 19-7-4.500-7 4.500z" />
        <text class="furniture-north" x="16" y="43" text-anchor="middle">
          {t('sheet.north')}
        </text>
      </g>
      <g transform={`translate(${AIR},${height - AIR - 34})`}>
        <rect class="furniture-ground" width={bar.width + 24} height="34" rx="3" />
        <path class="furniture-line" d={`M12 20v7h${bar.width}v-7M${12 + bar.width / 2} 23v4`} />
        <text class="furniture-text" x="12" y="15">
          {lengthText(bar.metres)}
        </text>
      </g>
    </svg>
  );
}

/** Lines of latitude and longitude, which Web Mercator draws straight, named at the edges. */
function Grid({ width, height }: { width: number; height: number }) {
  const bounds = shownBounds();
  const zoom = view.value?.zoom;
  if (!bounds || zoom === undefined) return null;
  const [west, south, east, north] = bounds;
  const step = graticuleStep(zoom);
  const steps = (from: number, to: number) => {
    const first = Math.ceil((from * 60) / step);
    return Array.from(
      { length: Math.max(0, Math.floor((to * 60) / step) - first + 1) },
      (_, at) => (first + at) * step,
    );
  };
  const columns = steps(west, east).map((minutes) => [minutes, placeOnMap(minutes / 60, south)?.x ?? 0] as const);
  const rows = steps(south, north).map((minutes) => [minutes, placeOnMap(west, minutes / 60)?.y ?? 0] as const);
  const westLetter = language.value === 'fr' ? 'O' : 'W';
  return (
    <g>
      <path
        class="furniture-grid"
        d={[
          ...columns.map(([, x]) => `M${x.toFixed(1)} 0V${height}`),
          ...rows.map(([, y]) => `M0 ${y.toFixed(1)}H${width}`),
        ].join('')}
      />
      {columns
        .filter(([, x]) => x > 40 && x < width - 70)
        .map(([minutes, x]) => (
          <text key={minutes} class="furniture-degrees" x={x} y="14" text-anchor="middle">
            {graticuleLabel(minutes, ['E', westLetter])}
          </text>
        ))}
      {rows
        .filter(([, y]) => y > 32 && y < height - 60)
        .map(([minutes, y]) => (
          <text key={minutes} class="furniture-degrees" x="6" y={y - 4}>
            {graticuleLabel(minutes, ['N', 'S'])}
          </text>
        ))}
    </g>
  );
}
