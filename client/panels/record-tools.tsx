import { useSignal } from '@preact/signals';
import type { RecordFeature } from '../api.ts';
import { copyText } from '../copy-text.ts';
import { t } from '../i18n/text.ts';
import { boxWithin } from '../reading/distance.ts';
import { placeOf } from '../reading/place-of.ts';
import { journey, sought } from '../state/search.ts';
import { spot } from '../state.ts';
import { PositionLines } from './position-lines.tsx';

const SAID_MS = 2_000;
/** Where a point's surroundings are seen. */
const NEAR_ZOOM = 11;
/** Metres within which a position is seen whole at that zoom. */
const VAGUE = 5_000;

/** The address of the page with this record open, whatever is open now. */
function linkTo(layer: string, id: number, [lon, lat]: readonly [number, number]): string {
  const params = location.hash.replace(/^#/, '').split('&');
  const others = params.filter(
    (part) => part !== '' && !/^(at|rec|upload|connect|ask|correct|settings)(=|$)/.test(part),
  );
  return `${location.href.replace(/#.*/, '')}#${[...others, `at=${lat.toFixed(4)}/${lon.toFixed(4)}`, `rec=${layer}/${id}`].join('&')}`;
}

/** Where a record is, and what can be done with it: going there, copying its coordinates or its link. */
export function RecordTools({ layer, record }: { layer: string; record: RecordFeature }) {
  const said = useSignal('');
  const place = record.geometry ? placeOf(record.geometry) : null;
  if (!place) return null;
  const [west, south, east, north] = place.box;
  const at =
    place.point ??
    (spot.value ? ([spot.value.lon, spot.value.lat] as const) : ([(west + east) / 2, (south + north) / 2] as const));
  const zoom = () => {
    sought.value = { layer, id: record.id };
    const { precision_m: metres } = record.properties;
    // What is placed within sixty kilometres is not looked at through a keyhole.
    const isVague = typeof metres === 'number' && metres > VAGUE;
    if (place.point && isVague) journey.value = { box: boxWithin(...place.point, metres), maxZoom: NEAR_ZOOM };
    else
      journey.value = place.point
        ? { lon: place.point[0], lat: place.point[1], zoom: NEAR_ZOOM }
        : { box: place.box, maxZoom: NEAR_ZOOM };
  };
  const copyLink = async () => {
    const link = linkTo(layer, record.id, at);
    said.value = (await copyText(link)) ? t('card.linkCopied') : t('position.select', { text: link });
    setTimeout(() => {
      said.value = '';
    }, SAID_MS);
  };
  return (
    <>
      {place.point && <PositionLines lon={place.point[0]} lat={place.point[1]} />}
      <div class="card-links">
        <button type="button" class="link-button" onClick={zoom}>
          {t('card.zoom')}
        </button>
        <span class="copy">
          <button type="button" class="link-button" onClick={() => void copyLink()}>
            {t('card.copyLink')}
          </button>
          <span class={said.value === '' ? 'visually-hidden' : 'copy-said'} role="status">
            {said.value}
          </span>
        </span>
      </div>
    </>
  );
}
