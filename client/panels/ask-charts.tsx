import type { ProcessResult } from '../api/processes.ts';
import { chartsOf } from '../ask/charts-of.ts';
import { stripsOf } from '../ask/strips-of.ts';
import { ChartCard } from '../charts/chart-card.tsx';
import { t } from '../i18n/text.ts';
import { StripChart } from './strip.tsx';

/** Lines of an answer that are drawn by chainage: more would not be told apart. */
const STRIPS = 6;

/** What is drawn of an answer beside the map: lines by chainage, and charts. */
export function AskCharts({ answer, name }: { answer: ProcessResult; name: string }) {
  const strips = stripsOf(answer);
  const charts = chartsOf(answer);
  if (strips.length === 0 && charts.length === 0) return null;
  return (
    <div class="panel-part ask-charts">
      {strips.slice(0, STRIPS).map((strip) => (
        <StripChart key={`${answer.receipt.hash}/${strip.id}`} strip={strip} name={name} />
      ))}
      {strips.length > STRIPS && <p class="quiet">{t('strip.more', { count: strips.length - STRIPS })}</p>}
      {charts.map((chart) => (
        <ChartCard key={chart.id} chart={chart} name={name} />
      ))}
    </div>
  );
}
