import { toLegend } from '../../server/core/legend.ts';
import { t } from '../i18n/text.ts';
import { drawnAs, withColor } from '../layer-look.ts';
import * as store from '../state/settings.ts';
import { ColorInput } from './color-input.tsx';
import { RangeInput, SelectInput } from './form-inputs.tsx';
import { Legend } from './legend.tsx';
import { ColorBy, ColorClasses } from './settings-colors.tsx';
import { LookOfType } from './settings-look-of-type.tsx';
import { SettingsNames } from './settings-names.tsx';

/** How a layer is drawn, with its legend as it comes out. */
export function SettingsLook() {
  const layer = store.drafted.value;
  if (!layer) return null;
  const { style } = layer;
  const color = 'color' in style ? style.color : null;
  return (
    <details class="panel-part" open>
      <summary>{t('settings.look')}</summary>
      <div class="form-grid">
        {layer.geometry === 'point' && (style.type === 'circle' || style.type === 'hexagons') && (
          <SelectInput
            label={t('settings.look.as')}
            value={style.type}
            choices={(['circle', 'hexagons'] as const).map((value) => ({ value, title: t(`settings.look.${value}`) }))}
            onChoose={(type) => store.change({ style: drawnAs(style, type as 'circle' | 'hexagons') })}
          />
        )}
        {color !== null && style.type !== 'label' && <ColorBy layer={layer} color={color} />}
        {color !== null && typeof color === 'string' && (
          <ColorInput
            label={t('settings.look.color')}
            value={color}
            onChange={(next) => store.restyle({ color: withColor(color, null, next) })}
          />
        )}
        <LookOfType layer={layer} />
      </div>
      {color !== null && typeof color === 'object' && <ColorClasses layer={layer} color={color} />}
      <SettingsNames layer={layer} />
      <RangeInput
        {...{ label: t('settings.look.minzoom', { value: style.minzoom ?? 0 }), min: 0, max: 16, step: 1 }}
        value={style.minzoom ?? 0}
        onChange={(minzoom) => store.restyle({ minzoom: minzoom === 0 ? undefined : minzoom })}
      />
      {store.readsMore.value && store.draft.value && <p class="correct-warning">{t('settings.look.later')}</p>}
      <h3>{t('settings.look.legend')}</h3>
      <Legend entries={toLegend(layer)} label={t('settings.look.legend')} />
    </details>
  );
}
