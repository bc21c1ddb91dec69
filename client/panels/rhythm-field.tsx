import type { Rhythm } from '../../server/core/watch.ts';
import { t } from '../i18n/text.ts';
import { RHYTHMS } from '../state/watches.ts';

interface Props {
  /** Its class. */
  readonly name: 'form-field' | 'watch-rhythm';
  readonly value: Rhythm;
  readonly choose: (next: Rhythm) => void;
}

/** How often a brief is made of a watched question. */
export function RhythmField({ name, value, choose }: Props) {
  return (
    <label class={name}>
      {t('watch.brief')}
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as Rhythm)}>
        {RHYTHMS.map((each) => (
          <option key={each} value={each}>
            {t(`watch.brief.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
