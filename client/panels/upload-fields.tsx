import type { Field } from '../../server/core/layer.ts';
import type { Mapping } from '../../server/core/mapping.ts';
import type { UploadColumn } from '../api/upload-types.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { collectionById } from '../state.ts';
import * as edit from '../upload-mapping.ts';
import { CheckInput, type Choice, SelectInput, TextInput } from './form-inputs.tsx';
import { columnsOf } from './upload-target.tsx';

const TYPES: readonly Field['type'][] = ['string', 'integer', 'number', 'boolean', 'date', 'datetime'];
const INFERRED: Readonly<Record<string, Field['type']>> = {
  ...{ integer: 'integer', number: 'number', boolean: 'boolean', date: 'date', datetime: 'datetime' },
};

/** How the columns of the file are read, and what becomes of each. */
export function UploadFields() {
  const mapping = store.mapping.value;
  if (!mapping) return null;
  return (
    <details class="panel-part">
      <summary>{t('upload.fields.title')}</summary>
      <Reading mapping={mapping} />
      {mapping.target.mode === 'new' ? (
        <OwnFields mapping={mapping} />
      ) : (
        mapping.target.mode !== 'delete' && <LayerFields mapping={mapping} collection={mapping.target.collection} />
      )}
    </details>
  );
}

const put = (next: Mapping) => {
  store.draft.value = next;
};

/** What names a record, when it is of, where its numbers count from. */
function Reading({ mapping }: { mapping: Mapping }) {
  const layers = store.upload.value?.report?.layers ?? [];
  const none: Choice = { value: '', title: t('upload.fields.none') };
  const columns = columnsOf(mapping.part).map((name) => ({ value: name, title: name }));
  const chosen = (value: string) => (value === '' ? null : value);
  const from = edit.recordColumnOf(mapping, 'valid_from');
  const to = edit.recordColumnOf(mapping, 'valid_to');
  const [region] = mapping.regions;
  return (
    <div class="form-grid">
      {layers.length > 1 && (
        <SelectInput
          label={t('upload.fields.part')}
          value={String(mapping.part)}
          choices={layers.map(({ name }, at) => ({ value: String(at), title: name ?? String(at + 1) }))}
          onChoose={(part) => put({ ...mapping, part: Number(part), location: null })}
        />
      )}
      <SelectInput
        label={t('upload.fields.key')}
        value={edit.recordColumnOf(mapping, 'record_id') ?? ''}
        choices={[none, ...columns]}
        onChoose={(column) => put(edit.setRecordColumn(mapping, 'record_id', chosen(column)))}
      />
      <SelectInput
        label={t('upload.fields.from')}
        value={from ?? ''}
        choices={[none, ...columns]}
        onChoose={(column) => put(edit.setDates(mapping, chosen(column), to === from ? null : to))}
      />
      {from !== null && (
        <SelectInput
          label={t('upload.fields.to')}
          value={to === null || to === from ? '' : to}
          choices={[{ value: '', title: t('upload.fields.same') }, ...columns]}
          onChoose={(column) => put(edit.setDates(mapping, from, chosen(column)))}
        />
      )}
      <SelectInput
        label={t('upload.fields.order')}
        value={mapping.dateOrder}
        choices={[
          { value: 'day-month', title: t('upload.fields.dayMonth') },
          { value: 'month-day', title: t('upload.fields.monthDay') },
        ]}
        onChoose={(order) => put({ ...mapping, dateOrder: order as Mapping['dateOrder'] })}
      />
      <SelectInput
        label={t('upload.fields.region1')}
        value={region?.column ?? ''}
        choices={[none, ...columns]}
        onChoose={(column) =>
          put({ ...mapping, regions: column === '' ? [] : [{ column, level: 1 }, ...mapping.regions.slice(1)] })
        }
      />
      <TextInput
        label={t('upload.fields.crs')}
        value={mapping.crs === null ? '' : String(mapping.crs)}
        placeholder={t('upload.fields.crsOwn')}
        pattern="[0-9]{0,6}"
        onChange={(text) => {
          if (/^\d{0,6}$/.test(text)) put({ ...mapping, crs: text === '' ? null : Number(text) });
        }}
      />
    </div>
  );
}

/** The columns of the file, each a field of a layer of its own or left out. */
function OwnFields({ mapping }: { mapping: Mapping }) {
  const layer = edit.newLayerOf(mapping);
  const columns = store.upload.value?.report?.layers?.[mapping.part]?.fields ?? [];
  if (!layer) return null;
  const fieldOf = (column: string) => layer.fields.find(({ name }) => edit.columnOf(mapping, name) === column);
  return (
    <ul class="upload-fields" aria-label={t('upload.fields.title')}>
      {columns.map((column) => {
        const field = fieldOf(column.name);
        return (
          <li key={column.name}>
            <CheckInput
              label={column.name}
              isChecked={field !== undefined}
              onChange={(isTaken) => put(isTaken ? taken(mapping, column) : edit.dropField(mapping, field?.name ?? ''))}
            />
            {field ? (
              <>
                <TextInput
                  label={`${t('upload.fields.field')}: ${column.name}`}
                  hidden
                  value={field.name}
                  pattern="[a-z][a-z0-9_]{0,47}"
                  title={t('upload.fields.bad')}
                  onChange={(name) => put(edit.renameField(mapping, field.name, name))}
                />
                <SelectInput
                  label={`${t('upload.fields.type')}: ${column.name}`}
                  hidden
                  value={field.type}
                  choices={TYPES.map((value) => ({ value, title: t(`upload.type.${value}`) }))}
                  onChoose={(type) => put(edit.retypeField(mapping, field.name, type as Field['type']))}
                />
              </>
            ) : (
              <span class="quiet">{t('upload.fields.out')}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function taken(mapping: Mapping, column: UploadColumn): Mapping {
  const wanted = column.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 42);
  const plain = edit.isIdentifier(wanted) ? wanted : `c_${wanted}`;
  const isTaken = (name: string) => edit.newLayerOf(mapping)?.fields.some((field) => field.name === name) ?? true;
  let name = edit.isReserved(plain) ? `file_${plain}` : plain;
  for (let n = 2; isTaken(name) && n < 99; n += 1) name = `${plain}_${n}`;
  const type = INFERRED[column.type] ?? 'string';
  return edit.addField(mapping, column.name, {
    ...{ name, type, title: { en: column.name, fr: column.name }, tile: false },
  });
}

/** The fields of a layer that is there, each with the column that fills it. */
function LayerFields({ mapping, collection }: { mapping: Mapping; collection: string }) {
  const fields = collectionById.value.get(collection)?.azalai.fields ?? [];
  const none: Choice = { value: '', title: t('upload.fields.none') };
  const columns = columnsOf(mapping.part).map((name) => ({ value: name, title: name }));
  return (
    <div class="form-grid">
      {fields.map(({ name, title }) => (
        <SelectInput
          key={name}
          label={local(title)}
          value={edit.columnOf(mapping, name) ?? ''}
          choices={[none, ...columns]}
          onChoose={(column) => put(edit.setColumn(mapping, name, column === '' ? null : column))}
        />
      ))}
    </div>
  );
}
