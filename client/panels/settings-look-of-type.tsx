import type { Layer } from '../../server/core/layer.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/settings.ts';
import { ColorInput } from './color-input.tsx';
import { CheckInput, RangeInput, SelectInput } from './form-inputs.tsx';

const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'cross'] as const;

/** What only some kinds of look have. */
export function LookOfType({ layer: { style } }: { layer: Layer }) {
  switch (style.type) {
    case 'circle':
      return (
        <>
          <SelectInput
            label={t('settings.look.shape')}
            value={style.shape}
            choices={SHAPES.map((value) => ({
              value,
              title: t(value === 'circle' ? 'settings.look.circleShape' : `settings.look.${value}`),
            }))}
            onChoose={(shape) => store.restyle({ shape })}
          />
          <RangeInput
            {...{
              label: t('settings.look.size', { value: style.radius }),
              value: style.radius,
              min: 1,
              max: 20,
              step: 1,
            }}
            onChange={(radius) => store.restyle({ radius })}
          />
          <CheckInput
            label={t('settings.look.uncertainty')}
            isChecked={style.uncertainty}
            onChange={(uncertainty) => store.restyle({ uncertainty })}
          />
        </>
      );
    case 'line':
      return (
        <>
          <RangeInput
            {...{
              label: t('settings.look.width', { value: style.width }),
              value: style.width,
              min: 0.2,
              max: 12,
              step: 0.2,
            }}
            onChange={(width) => store.restyle({ width: Math.round(width * 10) / 10 })}
          />
          <CheckInput
            label={t('settings.look.arrows')}
            isChecked={style.arrows}
            onChange={(arrows) => store.restyle({ arrows })}
          />
        </>
      );
    case 'fill':
      return (
        <>
          <RangeInput
            {...{
              label: t('settings.look.opacity', { value: Math.round(style.opacity * 100) }),
              min: 0,
              max: 1,
              step: 0.05,
            }}
            value={style.opacity}
            onChange={(opacity) => store.restyle({ opacity })}
          />
          <CheckInput
            label={t('settings.look.outline')}
            isChecked={style.outline}
            onChange={(outline) => store.restyle({ outline })}
          />
        </>
      );
    case 'hexagons':
      return (
        <fieldset class="settings-ramp">
          <legend>{t('settings.look.ramp')}</legend>
          {style.ramp.map((shade, at) => (
            <input
              key={at}
              type="color"
              value={shade}
              aria-label={`${t('settings.look.color')} ${at + 1}`}
              onInput={({ currentTarget }) =>
                store.restyle({
                  ramp: style.ramp.map((each, index) => (index === at ? currentTarget.value.toLowerCase() : each)),
                })
              }
            />
          ))}
        </fieldset>
      );
    case 'label':
      return (
        <ColorInput
          label={t('settings.look.color')}
          value={style.color}
          onChange={(color) => store.restyle({ color: color.toLowerCase() })}
        />
      );
  }
}
