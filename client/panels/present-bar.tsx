import type { Brief } from '../../server/core/brief.ts';
import { t } from '../i18n/text.ts';
import type { Way } from './present-keys.ts';

interface Bar {
  readonly of: Brief;
  readonly at: number;
  readonly go: (way: Way) => void;
  readonly show: (at: number) => void;
  readonly isFull: boolean;
}

/** More views than these are a number, not dots. */
const MOST_DOTS = 12;

/** How far the presentation is, and the ways on for the pointer. */
export function PresentBar({ of: { views }, at, go, show, isFull }: Bar) {
  const place = t('present.place', { place: at, all: views.length });
  return (
    <nav class="present-bar" aria-label={t('present.go')}>
      <Step name="present.previous" path="M12 4l-6 6 6 6" isOff={at <= 1} go={() => go('previous')} />
      {views.length <= MOST_DOTS ? (
        <ol class="present-dots">
          {views.map(({ title }, index) => (
            <li key={`${index}/${title}`}>
              <button
                type="button"
                aria-label={t('present.said', { place: index + 1, all: views.length, view: title })}
                title={title}
                aria-current={index + 1 === at}
                onClick={() => show(index + 1)}
              />
            </li>
          ))}
        </ol>
      ) : null}
      <span class="present-place">{place}</span>
      <Step name="present.next" path="M8 4l6 6-6 6" isOff={at >= views.length} go={() => go('next')} />
      <span class="present-space" />
      <Step
        name={isFull ? 'present.notFull' : 'present.full'}
        path={isFull ? 'M8 3v5H3M12 3v5h5M8 17v-5H3M12 17v-5h5' : 'M3 8V3h5M17 8V3h-5M3 12v5h5M17 12v5h-5'}
        isOff={false}
        go={() => go('full')}
      />
      <Step name="present.leave" path="M5 5l10 10M15 5L5 15" isOff={false} go={() => go('leave')} />
    </nav>
  );
}

function Step({
  name,
  path,
  isOff,
  go,
}: {
  name: 'present.previous' | 'present.next' | 'present.full' | 'present.notFull' | 'present.leave';
  path: string;
  isOff: boolean;
  go: () => void;
}) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={t(name)}
      title={t(name)}
      // It keeps the focus at the ends.
      aria-disabled={isOff}
      onClick={() => !isOff && go()}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
