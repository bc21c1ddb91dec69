import type { FigureChange } from '../../server/core/watch.ts';
import { figureText, isApart } from '../../server/core/watch-words.ts';
import { count, local, t } from '../i18n/text.ts';
import { language } from '../state.ts';

/** Numbers before and now, with the answers' own intervals where they have some. */
export function WatchFigures({ figures, more }: { figures: readonly FigureChange[]; more: number }) {
  const lang = language.value;
  if (figures.length === 0) return null;
  const span = ([lower, upper]: readonly [number, number]) =>
    `${figureText(lower, '1', lang)}–${figureText(upper, '1', lang)}`;
  return (
    <>
      <table class="watch-figures">
        <thead>
          <tr>
            <th scope="col">{t('watch.figure')}</th>
            <th scope="col">{t('watch.before')}</th>
            <th scope="col">{t('watch.after')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => {
            const { place, label, unit, before, after, intervals } = figure;
            return (
              <tr key={place}>
                <th scope="row">
                  {local(label)}
                  {intervals && <span class="quiet">{t(isApart(figure) ? 'watch.apart' : 'watch.overlapping')}</span>}
                </th>
                <td>
                  {figureText(before, unit, lang)}
                  {intervals && <span class="quiet">{span(intervals.before)}</span>}
                </td>
                <td>
                  {figureText(after, unit, lang)}
                  {intervals && <span class="quiet">{span(intervals.after)}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {more > 0 && <p class="quiet">{t('watch.moreFigures', { count: count(more) })}</p>}
    </>
  );
}
