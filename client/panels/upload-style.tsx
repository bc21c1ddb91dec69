import type { Layer, Style } from '../../server/core/layer.ts';
import { toLegend } from '../../server/core/legend.ts';
import type { Mapping } from '../../server/core/mapping.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import * as look from '../upload-look.ts';
import * as edit from '../upload-mapping.ts';
import { ColorInput } from './color-input.tsx';
import { RangeInput, SelectInput } from './form-inputs.tsx';
import { Legend } from './legend.tsx';

const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'cross'] as const;
/** More than these, nobody tells apart. */
const MOST_CLASSES = 12;

/** How a new layer is drawn, with its legend as it comes out. */
export function UploadStyle() {
  const mapping = store.mapping.value;
  if (!mapping) return null;
  const layer = edit.newLayerOf(mapping);
  return (
    <details class="panel-part">
      <summary>{t('upload.style.title')}</summary>
      {layer ? <Look mapping={mapping} layer={layer} /> : <p>{t('upload.style.kept')}</p>}
    </details>
  );
}

function Look({ mapping, layer }: { mapping: Mapping; layer: edit.NewLayer }) {
  const { style } = layer;
  const categories = new Map(
    (store.upload.value?.report?.layers?.[mapping.part]?.fields ?? []).flatMap(({ name, categories: found }) =>
      found && found.length <= MOST_CLASSES ? [[name, found.map(({ value }) => value)] as const] : [],
    ),
  );
  const classed = layer.fields.filter(
    ({ name, type, values }) =>
      type === 'string' && (values !== undefined || categories.has(edit.columnOf(mapping, name) ?? '')),
  );
  const color = 'color' in style ? style.color : null;
  const put = (next: Mapping) => {
    store.draft.value = next;
  };
  const restyle = (changes: object) => put(edit.withLayer(mapping, { style: { ...style, ...changes } as Style }));
  return (
    <>
      <div class="form-grid">
        <SelectInput
          label={t('upload.style.by')}
          value={color !== null && typeof color === 'object' ? color.by : ''}
          choices={[
            { value: '', title: t('upload.style.one') },
            ...classed.map(({ name, title }) => ({ value: name, title: local(title) })),
          ]}
          onChoose={(name) => put(look.colorBy(mapping, name === '' ? null : name, categories))}
        />
        {typeof color === 'string' && (
          <ColorInput
            label={t('upload.style.color')}
            value={color}
            onChange={(next) => put(look.setColor(mapping, null, next))}
          />
        )}
        {style.type === 'circle' && (
          <>
            <SelectInput
              label={t('upload.style.shape')}
              value={style.shape}
              choices={SHAPES.map((value) => ({ value, title: t(`upload.shape.${value}`) }))}
              onChoose={(shape) => restyle({ shape })}
            />
            <RangeInput
              {...{ label: t('upload.style.size'), value: style.radius, min: 2, max: 14, step: 1 }}
              onChange={(radius) => restyle({ radius })}
            />
          </>
        )}
        {style.type === 'line' && (
          <RangeInput
            {...{ label: t('upload.style.width'), value: style.width, min: 0.5, max: 8, step: 0.5 }}
            onChange={(width) => restyle({ width })}
          />
        )}
        {style.type === 'fill' && (
          <RangeInput
            {...{ label: t('upload.style.opacity'), value: style.opacity, min: 0, max: 1, step: 0.05 }}
            onChange={(opacity) => restyle({ opacity })}
          />
        )}
      </div>
      {color !== null && typeof color === 'object' && (
        <ul class="color-inputs">
          {Object.entries(color.classes).map(([value, shade]) => (
            <li key={value}>
              <ColorInput
                label={t('upload.style.colorOf', { value })}
                value={shade}
                onChange={(next) => put(look.setColor(mapping, value, next))}
              />
            </li>
          ))}
        </ul>
      )}
      <h3>{t('upload.style.legend')}</h3>
      <Legend entries={toLegend(layer as Layer)} label={t('upload.style.legend')} />
    </>
  );
}
