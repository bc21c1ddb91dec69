import type { Strip } from '../ask/strips-of.ts';
import { numberText } from '../charts/number-text.ts';
import { count, t } from '../i18n/text.ts';
import { actorText } from './strip-words.ts';

/** What lies at a chainage, in words. */
export function readOut({ bins, stretches, marks, lengthKm }: Strip, km: number): string {
  const bin = bins.find(({ fromKm, toKm }) => km >= fromKm && km <= toKm);
  const stretch = stretches.find(({ fromKm, toKm }) => km >= fromKm && km <= toKm);
  const near = marks.filter((mark) => Math.abs(mark.km - km) <= lengthKm / 60);
  const span = bin && {
    from: count(Math.round(bin.fromKm)),
    to: count(Math.round(bin.toKm)),
    events: count(bin.events),
  };
  return [
    t('strip.at', { km: count(Math.round(km)) }),
    ...(span ? [t('strip.bin', span)] : []),
    ...(bin?.rate
      ? [
          t('strip.rate', {
            rate: numberText(bin.rate[0]),
            lower: numberText(bin.rate[1]),
            upper: numberText(bin.rate[2]),
          }),
        ]
      : bin
        ? [t('strip.outside')]
        : []),
    ...(stretch
      ? [
          stretch.actors.length > 0
            ? t('strip.held', { actors: stretch.actors.map(actorText).join(', ') })
            : t('strip.nobody'),
        ]
      : []),
    ...near.slice(0, 3).map((mark) => t(markKey(mark.kind), { name: mark.name })),
  ].join(' · ');
}

const markKey = (kind: string) =>
  kind === 'river' ? 'strip.river' : kind === 'border' ? 'strip.border' : 'strip.near';
