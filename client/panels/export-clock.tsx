import { clockRows, clockSvg } from '../charts/clock-svg.ts';
import { saveFile } from '../charts/save-file.ts';
import { toCsv } from '../charts/to-csv.ts';
import { inLight, tokenColors } from '../charts/token-colors.ts';
import { closed } from '../clock/calendar.ts';
import { count, t } from '../i18n/text.ts';
import { clockLimits, clockMode } from '../state/clock.ts';
import { histogram } from '../state/histogram.ts';
import { timeWindow } from '../state.ts';
import { windowText } from './clock-words.ts';
import { exportName } from './export-name.ts';

/** Pixels. */
const WIDTH = 900;

/** The clock's bars as a drawing and as rows. */
export function ExportClock() {
  const found = histogram.value;
  const saveDrawing = () => {
    if (!found) return;
    const words = {
      title: windowText(timeWindow.value, clockMode.value),
      ...{ recorded: t('export.recorded'), modelled: t('export.modelled'), inForce: t('export.inForce') },
      number: count,
    };
    const window = closed(timeWindow.value, clockLimits.value);
    const drawing = clockSvg(found, window, words, WIDTH, inLight(tokenColors));
    saveFile(`${exportName()}-clock.svg`, 'image/svg+xml', drawing);
  };
  const saveRows = () => {
    if (!found) return;
    const columns = [t('export.from'), t('export.to'), t('export.recorded'), t('export.modelled'), t('export.inForce')];
    saveFile(`${exportName()}-clock.csv`, 'text/csv;charset=utf-8', toCsv(columns, clockRows(found)));
  };
  return (
    <section class="panel-part">
      <h3>{t('export.clockChart')}</h3>
      <p class="quiet">{t(found ? 'export.chartAbout' : 'export.chartNone')}</p>
      {found && (
        <div class="panel-buttons">
          <button type="button" class="button" onClick={saveDrawing}>
            {t('export.svg')}
          </button>
          <button type="button" class="button" onClick={saveRows}>
            {t('export.csv')}
          </button>
        </div>
      )}
    </section>
  );
}
