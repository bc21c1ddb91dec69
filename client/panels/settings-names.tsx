import type { Layer } from '../../server/core/layer.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/settings.ts';
import { RangeInput, SelectInput } from './form-inputs.tsx';

/** The field that names records on the map, and from which zoom. */
export function SettingsNames({ layer: { style, fields } }: { layer: Layer }) {
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
