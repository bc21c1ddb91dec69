import type { ComponentChildren } from 'preact';
import type { Step } from '../clock/calendar.ts';
import { barOf, type Histogram } from '../clock/histogram.ts';
import { count, local, plural, t } from '../i18n/text.ts';
import { timesMissing } from '../state/clock.ts';
import { histogram, hoveredDay } from '../state/histogram.ts';
import { collectionById } from '../state.ts';
import { barText } from './clock-words.ts';

const BY = {
  day: 'clock.byDay',
  week: 'clock.byWeek',
  month: 'clock.byMonth',
  quarter: 'clock.byQuarter',
  year: 'clock.byYear',
} as const satisfies Record<Step, string>;

const sum = (bars: readonly number[]) => bars.reduce((total, each) => total + each, 0);

/** What the bars are, in words: those under the pointer, else all of them, with what no bar shows. */
export function ClockNote() {
  const found = histogram.value;
  const missing = timesMissing.value.map((id) => collectionById.value.get(id)).filter((each) => each !== undefined);
  return (
    <p class="clock-note">
      {found ? <Found {...found} /> : t('clock.looking')}
      {missing.length > 0 && (
        <Item>{t('clock.missing', { layers: missing.map(({ azalai }) => local(azalai.title)).join(', ') })}</Item>
      )}
    </p>
  );
}

function Found(found: Histogram) {
  const { unit, edges, documented, modelled, inForce, undated, imprecise } = found;
  const bar = hoveredDay.value === null ? -1 : barOf(edges, hoveredDay.value);
  const isOne = bar >= 0 && bar < documented.length;
  const of = (bars: readonly number[]) => (isOne ? (bars[bar] as number) : sum(bars));
  const [recorded, models] = [of(documented), of(modelled)];
  const force = isOne ? (inForce[bar] as number) : Math.max(0, ...inForce);
  const isEmpty = sum(documented) + sum(modelled) + sum(inForce) + undated + imprecise === 0;
  if (isEmpty) return <>{t('clock.nothing')}</>;
  return (
    <>
      <b>{isOne ? t('clock.of', { when: barText(edges[bar] as number, unit) }) : t(BY[unit])}</b>
      {sum(documented) + sum(modelled) > 0 && <Item swatch="recorded">{plural('clock.recorded', recorded)}</Item>}
      {sum(modelled) > 0 && <Item swatch="modelled">{plural('clock.modelled', models)}</Item>}
      {sum(inForce) > 0 && (
        <Item swatch="force">{t(isOne ? 'clock.inForceNow' : 'clock.inForce', { count: count(force) })}</Item>
      )}
      {!isOne && undated > 0 && <Item>{plural('clock.undated', undated)}</Item>}
      {!isOne && imprecise > 0 && <Item>{plural('clock.imprecise', imprecise)}</Item>}
    </>
  );
}

function Item({ swatch, children }: { swatch?: string; children: ComponentChildren }) {
  return (
    <span>
      {swatch && <i class={`bar-swatch is-${swatch}`} aria-hidden="true" />}
      {children}
    </span>
  );
}
