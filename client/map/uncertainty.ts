import type { Map as MapLibre } from 'maplibre-gl';
import { t } from '../i18n/text.ts';
import { distanceText } from '../reading/distance-text.ts';
import { disc } from '../state/disc.ts';
import type { Painter } from './overlay.ts';
import { overlayColors, paintText } from './overlay-colors.ts';

/** Metres across a pixel of the world at zoom 0, on the equator (circumference of WGS 84 over 512). */
const METRES = 40_075_016.686 / 512;

/** How far off the record may be whose card is read. */
export const uncertaintyPainter: Painter = {
  isOn: () => disc.value !== null,
  paint: (context, map: MapLibre) => {
    const { value: now } = disc;
    if (!now) return;
    const { x, y } = map.project([now.lon, now.lat]);
    const radius = (now.metres * 2 ** map.getZoom()) / (METRES * Math.cos((now.lat * Math.PI) / 180));
    const { warn, halo } = overlayColors();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = 4;
    context.strokeStyle = halo;
    context.stroke();
    context.setLineDash([6, 4]);
    context.lineWidth = 1.75;
    context.strokeStyle = warn;
    context.stroke();
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    paintText(context, t('card.anywhere', { distance: distanceText(now.metres) }), x, y - radius - 4);
  },
};
