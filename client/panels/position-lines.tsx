import { t } from '../i18n/text.ts';
import { printDecimal, printDms, showDecimal } from '../search/print-position.ts';
import { language } from '../state.ts';
import { CopyButton } from './copy-button.tsx';
import { useMgrs } from './use-mgrs.ts';

/** A position in the three ways in which people write one, each to be copied. */
export function PositionLines({ lon, lat }: { lon: number; lat: number }) {
  const reference = useMgrs({ lon, lat }, 5);
  const dms = printDms(lon, lat, language.value);
  return (
    <dl class="position-lines">
      <div>
        <dt>{t('position.decimal')}</dt>
        <dd>
          <CopyButton text={printDecimal(lon, lat)}>{showDecimal(lon, lat)}</CopyButton>
        </dd>
      </div>
      <div>
        <dt>{t('position.dms')}</dt>
        <dd>
          <CopyButton text={dms} />
        </dd>
      </div>
      {reference !== '' && (
        <div>
          <dt>{t('position.mgrs')}</dt>
          <dd>
            <CopyButton text={reference.replaceAll(' ', '')}>{reference}</CopyButton>
          </dd>
        </div>
      )}
    </dl>
  );
}
