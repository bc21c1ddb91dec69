import { printDms } from '../search/print-position.ts';
import { positionForm } from '../state/position.ts';
import { language } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { useMgrs } from './use-mgrs.ts';

/** The spot that was clicked, as the reader has positions read out; a click copies it. */
export function SpotPosition({ lon, lat }: { lon: number; lat: number }) {
  const reference = useMgrs({ lon, lat }, 4);
  const isDms = positionForm.value === 'dms';
  const text = isDms ? printDms(lon, lat, language.value) : `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
  return (
    <p class="records-spot">
      <CopyButton text={text}>{text.replaceAll('-', '\u2212')}</CopyButton>
      {reference !== '' && <CopyButton text={reference.replaceAll(' ', '')}>{reference}</CopyButton>}
    </p>
  );
}
