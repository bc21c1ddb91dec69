import { kindsOf, type StripBin, type StripStretch } from '../ask/strips-of.ts';
import { t } from '../i18n/text.ts';
import { actorColor, actorText, kindColor, kindText } from './strip-words.ts';

/** What the colours of a strip stand for: of those that are in it. */
export function StripLegend({ bins, stretches }: { bins: readonly StripBin[]; stretches: readonly StripStretch[] }) {
  const kinds = kindsOf(bins);
  const actors = [...new Set(stretches.flatMap((stretch) => stretch.actors))];
  const isNobody = stretches.some((stretch) => stretch.actors.length === 0);
  const isUnknown = bins.some(({ rate }) => rate === undefined);
  const entry = (key: string, text: string, look: { class?: string; fill?: string }) => (
    <li key={key}>
      <svg width="12" height="12" aria-hidden="true">
        <rect width="12" height="12" {...look} />
      </svg>
      {text}
    </li>
  );
  return (
    <ul class="strip-legend" aria-label={t('strip.legend')}>
      {kinds.map((kind) => entry(`kind/${kind}`, kindText(kind), { fill: kindColor(kind, kinds) }))}
      {isUnknown && entry('unknown', t('strip.outside'), { class: 'strip-unknown' })}
      {actors.map((actor) => entry(`actor/${actor}`, actorText(actor), { fill: actorColor(actor) }))}
      {isNobody && entry('nobody', t('strip.nobody'), { class: 'strip-nobody' })}
    </ul>
  );
}
