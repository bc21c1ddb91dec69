import { useSignal } from '@preact/signals';
import type { Layer } from '../../server/core/layer.ts';
import type { Mapping, Target } from '../../server/core/mapping.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { collections } from '../state.ts';
import { intoLayer, isIdentifier, newLayerOf, setHandling, withLayer } from '../upload-mapping.ts';
import { CheckInput, SelectInput, TextInput } from './form-inputs.tsx';
import { GROUPS } from './layers.tsx';

const MODES: readonly Target['mode'][] = ['new', 'replace', 'append', 'upsert', 'delete'];
const HANDLINGS: readonly Layer['handling'][] = ['public', 'internal', 'restricted'];

/** Where the records go: a layer of their own, or one that is there. */
export function UploadTarget() {
  const mapping = store.mapping.value;
  /** The mapping as it was when the records went to a layer of their own: the way back to it. */
  const own = useSignal<Mapping | null>(null);
  if (!mapping) return null;
  const { target } = mapping;
  const columns = columnsOf(mapping.part);
  const known = collections.value;
  const go = (mode: Target['mode'], collection: string | undefined) => {
    if (target.mode === 'new') own.value = mapping;
    if (mode === 'new') {
      if (own.value) store.draft.value = { ...mapping, fields: own.value.fields, target: own.value.target };
      return;
    }
    const chosen = known.find(({ id }) => id === collection) ?? known[0];
    if (chosen) store.draft.value = intoLayer(own.value ?? mapping, mode, chosen, columns);
  };
  const modes = MODES.filter((mode) => mode !== 'new' || target.mode === 'new' || own.value);
  return (
    <details class="panel-part" open>
      <summary>{t('upload.target.title')}</summary>
      <SelectInput
        label={t('upload.target.title')}
        hidden
        value={target.mode}
        choices={modes.map((value) => ({ value, title: t(`upload.target.${value}`) }))}
        onChoose={(mode) => go(mode as Target['mode'], target.mode === 'new' ? undefined : target.collection)}
      />
      {target.mode !== 'new' && (
        <SelectInput
          label={t('upload.target.layer')}
          value={target.collection}
          choices={known.map(({ id, azalai }) => ({ value: id, title: local(azalai.title) }))}
          onChoose={(collection) => go(target.mode, collection)}
        />
      )}
      {target.mode === 'upsert' && (
        <SelectInput
          label={t('upload.target.newer')}
          value={target.newer ?? ''}
          choices={[
            { value: '', title: t('upload.target.always') },
            ...(known.find(({ id }) => id === target.collection)?.azalai.fields ?? []).map(({ name, title }) => ({
              value: name,
              title: local(title),
            })),
          ]}
          onChoose={(newer) => {
            store.draft.value = { ...mapping, target: { ...target, newer: newer === '' ? null : newer } };
          }}
        />
      )}
      {target.mode === 'new' && <About mapping={mapping} />}
    </details>
  );
}

/** Columns of a layer of the file. */
export function columnsOf(part: number): readonly string[] {
  const layer = store.upload.value?.report?.layers?.[part];
  return layer?.columns ?? layer?.fields.map(({ name }) => name) ?? [];
}

/** What a new layer is called, and under which terms it is shown. */
function About({ mapping }: { mapping: Mapping }) {
  const layer = newLayerOf(mapping);
  if (!layer) return null;
  const put = (changes: Partial<typeof layer>) => {
    store.draft.value = withLayer(mapping, changes);
  };
  const title = (language: 'en' | 'fr', text: string) => {
    if (text !== '') put({ title: { ...layer.title, [language]: text } });
  };
  return (
    <>
      <div class="form-grid">
        <TextInput label={t('upload.about.titleEn')} value={layer.title.en} onChange={(text) => title('en', text)} />
        <TextInput label={t('upload.about.titleFr')} value={layer.title.fr} onChange={(text) => title('fr', text)} />
        <TextInput
          label={t('upload.about.id')}
          value={layer.id}
          pattern="[a-z][a-z0-9_]{0,47}"
          title={t('upload.fields.bad')}
          onChange={(id) => {
            if (isIdentifier(id)) put({ id });
          }}
        />
        <SelectInput
          label={t('upload.about.group')}
          value={layer.group}
          choices={GROUPS.map((value) => ({ value, title: t(`group.${value}`) }))}
          onChoose={(group) => put({ group: group as Layer['group'] })}
        />
        <TextInput
          label={t('upload.about.licence')}
          value={layer.licence.name}
          onChange={(name) => {
            if (name !== '') put({ licence: { ...layer.licence, name } });
          }}
        />
        <TextInput
          label={t('upload.about.credit')}
          value={local(layer.attribution)}
          onChange={(text) => {
            if (text !== '') put({ attribution: { en: text, fr: text } });
          }}
        />
      </div>
      <CheckInput
        label={t('upload.about.redistribution')}
        isChecked={layer.licence.redistribution}
        onChange={(redistribution) => put({ licence: { ...layer.licence, redistribution } })}
      />
      {!layer.licence.redistribution && <p class="quiet">{t('upload.about.noRedistribution')}</p>}
      <SelectInput
        label={t('upload.about.handling')}
        value={layer.handling}
        choices={HANDLINGS.map((value) => ({ value, title: t(`upload.handling.${value}`) }))}
        onChoose={(handling) => {
          store.draft.value = setHandling(mapping, handling as Layer['handling']);
        }}
      />
    </>
  );
}
