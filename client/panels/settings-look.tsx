import type { ColorRule, Layer } from '../../server/core/layer.ts';
import { toLegend } from '../../server/core/legend.ts';
import { local, t } from '../i18n/text.ts';
import { classedFields, colorsBy, drawnAs, withColor, withPalette } from '../layer-look.ts';
import * as store from '../state/settings.ts';
import { CheckInput, RangeInput, SelectInput } from './form-inputs.tsx';
import { Legend } from './legend.tsx';

const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'cross'] as const;

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
        <ByType layer={layer} />
      </div>
      {color !== null && typeof color === 'object' && <Classes layer={layer} color={color} />}
      <Names layer={layer} />
      <RangeInput
        {...{ label: t('settings.look.minzoom', { value: style.minzoom ?? 0 }), min: 0, max: 16, step: 1 }}
        value={style.minzoom ?? 0}
        onChange={(minzoom) => store.restyle({ minzoom: minzoom === 0 ? undefined : minzoom })}
      />
      {store.readsMore.value && store.draft.value && <p class="correct-warning">{t('settings.look.later')}</p>}
      <h4>{t('settings.look.legend')}</h4>
      <Legend entries={toLegend(layer)} label={t('settings.look.legend')} />
    </details>
  );
}

function ColorBy({ layer, color }: { layer: Layer; color: ColorRule }) {
  const fields = classedFields(layer);
  return (
    <SelectInput
      label={t('settings.look.by')}
      value={typeof color === 'object' ? color.by : ''}
      choices={[
        { value: '', title: t('settings.look.one') },
        ...fields.map(({ name, title }) => ({ value: name, title: local(title) })),
        // A field whose values are no closed list keeps the classes that it has.
        ...(typeof color === 'object' && !fields.some(({ name }) => name === color.by)
          ? [{ value: color.by, title: color.by }]
          : []),
      ]}
      onChoose={(name) =>
        store.restyle({ color: colorsBy(fields.find((field) => field.name === name) ?? null, color) })
      }
    />
  );
}

/** What only some kinds of look have. */
function ByType({ layer: { style } }: { layer: Layer }) {
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

function Classes({ layer, color }: { layer: Layer; color: Exclude<ColorRule, string> }) {
  const field = layer.fields.find(({ name }) => name === color.by);
  const titleOf = (value: string) => {
    const known = field?.values?.find((each) => each.value === value);
    return known ? local(known.title) : value;
  };
  const put = (value: string | null) => (next: string) => store.restyle({ color: withColor(color, value, next) });
  return (
    <>
      <ul class="settings-colors">
        {Object.entries(color.classes).map(([value, shade]) => (
          <li key={value}>
            <ColorInput label={titleOf(value)} value={shade} onChange={put(value)} />
          </li>
        ))}
        <li>
          <ColorInput label={t('settings.look.other')} value={color.other} onChange={put(null)} />
        </li>
      </ul>
      <button type="button" class="button" onClick={() => store.restyle({ color: withPalette(color) })}>
        {t('settings.look.palette')}
      </button>
    </>
  );
}

function Names({ layer: { style, fields } }: { layer: Layer }) {
  if (style.type === 'hexagons') return null;
  const { label } = style;
  const texts = fields.filter(
    ({ type, name }) => type === 'string' && !['source', 'locator', 'handling'].includes(name),
  );
  const choices = texts.map(({ name, title }) => ({ value: name, title: local(title) }));
  return (
    <div class="form-grid">
      <SelectInput
        label={t('settings.look.label')}
        value={label?.field ?? ''}
        choices={style.type === 'label' ? choices : [{ value: '', title: t('settings.look.noLabel') }, ...choices]}
        onChoose={(field) => store.restyle({ label: field === '' ? undefined : { field } })}
      />
      {label && (
        <RangeInput
          {...{ label: t('settings.look.labelFrom', { value: label.minzoom ?? 0 }), min: 0, max: 16, step: 1 }}
          value={label.minzoom ?? 0}
          onChange={(minzoom) => store.restyle({ label: { ...label, minzoom } })}
        />
      )}
    </div>
  );
}

function ColorInput({ label, value, onChange }: { label: string; value: string; onChange: (color: string) => void }) {
  return (
    <label class="settings-color">
      <input type="color" value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      <span>{label}</span>
    </label>
  );
}
