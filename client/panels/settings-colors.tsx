import type { ColorRule, Layer } from '../../server/core/layer.ts';
import { local, t } from '../i18n/text.ts';
import { classedFields, colorsBy, withColor, withPalette } from '../layer-look.ts';
import * as store from '../state/settings.ts';
import { ColorInput } from './color-input.tsx';
import { SelectInput } from './form-inputs.tsx';

/** The field by whose values records are coloured, or one colour for all. */
export function ColorBy({ layer, color }: { layer: Layer; color: ColorRule }) {
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

/** The colour of each value. */
export function ColorClasses({ layer, color }: { layer: Layer; color: Exclude<ColorRule, string> }) {
  const field = layer.fields.find(({ name }) => name === color.by);
  const titleOf = (value: string) => {
    const known = field?.values?.find((each) => each.value === value);
    return known ? local(known.title) : value;
  };
  const put = (value: string | null) => (next: string) => store.restyle({ color: withColor(color, value, next) });
  return (
    <>
      <ul class="color-inputs">
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
