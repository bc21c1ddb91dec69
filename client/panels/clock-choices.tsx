import { STEPS, type Step } from '../clock/calendar.ts';
import { t } from '../i18n/text.ts';
import { clockMode, clockStep, MODES, setMode } from '../state/clock.ts';
import { SPEEDS, speed } from '../state/play.ts';
import { language } from '../state.ts';

const stepText = (step: Step) => t(step === 'year' ? 'clock.yearStep' : `clock.${step}`);

/** How time is shown, and how it moves. */
export function ClockChoices() {
  const number = new Intl.NumberFormat(language.value);
  return (
    <div class="clock-choices">
      <fieldset class="clock-modes">
        <legend class="visually-hidden">{t('clock.mode')}</legend>
        {MODES.map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={clockMode.value === mode}
            title={t(`clock.${mode}Title`)}
            onClick={() => setMode(mode)}
          >
            {t(`clock.${mode}`)}
          </button>
        ))}
      </fieldset>
      <label title={t('clock.stepOf')}>
        <span>{t('clock.step')}</span>
        <select
          aria-label={t('clock.step')}
          value={clockStep.value}
          onChange={(event) => {
            clockStep.value = STEPS.find((step) => step === event.currentTarget.value) ?? 'month';
          }}
        >
          {STEPS.map((step) => (
            <option key={step} value={step}>
              {stepText(step)}
            </option>
          ))}
        </select>
      </label>
      <select
        class="clock-speed"
        aria-label={t('clock.speed')}
        title={t('clock.speed')}
        value={speed.value}
        onChange={(event) => {
          speed.value = SPEEDS.find((each) => each === Number(event.currentTarget.value)) ?? 2;
        }}
      >
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {`${number.format(each)}/s`}
          </option>
        ))}
      </select>
    </div>
  );
}
