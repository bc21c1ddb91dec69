import { useRef } from 'preact/hooks';
import { saveDrawing, saveFile } from '../charts/save-file.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { toCsv } from '../charts/to-csv.ts';
import { t } from '../i18n/text.ts';

/** A small series, with its drawing and its numbers to be taken along. */
export function SparklineFiles({ values, label, name }: { values: readonly number[]; label: string; name: string }) {
  const drawing = useRef<HTMLDivElement>(null);
  const save = () => {
    const svg = drawing.current?.querySelector('svg');
    if (svg) saveDrawing(name, svg);
  };
  const rows = values.map((value, at) => [at + 1, value]);
  return (
    <>
      <div ref={drawing}>
        <Sparkline values={values} width={320} label={label} />
      </div>
      <div class="chart-files">
        <button
          type="button"
          class="link-button"
          onClick={() => saveFile(`${name}.csv`, 'text/csv;charset=utf-8', toCsv(['step', t('chart.number')], rows))}
        >
          {t('chart.csv')}
        </button>
        <button type="button" class="link-button" onClick={save}>
          {t('chart.svg')}
        </button>
      </div>
    </>
  );
}
