import { useId } from 'preact/hooks';
import type { Localized } from '../../server/core/layer.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/settings.ts';
import { CheckInput, SelectInput, TextInput } from './form-inputs.tsx';
import { SettingsSources } from './settings-sources.tsx';

const GROUPS = ['control', 'trafficking', 'mining', 'violence', 'missions', 'other', 'base'] as const;
const NATURES = ['documented', 'approximate', 'modelled'] as const;
const HANDLINGS = ['public', 'internal', 'restricted'] as const;

/** What a layer is called, how far it may be trusted, and from whom it is. */
export function SettingsAbout() {
  const settings = store.shown.value;
  if (!settings) return null;
  const { change } = store;
  const { licence } = settings;
  return (
    <>
      <details class="panel-part" open>
        <summary>{t('settings.called')}</summary>
        <Both name="title" label="name" />
        <Both name="description" label="description" isLong />
        <div class="form-grid">
          <SelectInput
            label={t('settings.group')}
            value={settings.group}
            choices={GROUPS.map((value) => ({ value, title: t(`settings.group.${value}`) }))}
            onChoose={(group) => change({ group: group as (typeof GROUPS)[number] })}
          />
          <TextInput
            label={t('settings.order')}
            value={String(settings.order)}
            pattern="\d{1,4}"
            onChange={(order) => {
              if (/^\d{1,4}$/.test(order)) change({ order: Number(order) });
            }}
          />
        </div>
        <CheckInput
          label={t('settings.visible')}
          isChecked={settings.visible}
          onChange={(visible) => change({ visible })}
        />
      </details>
      <details class="panel-part">
        <summary>{t('settings.trust')}</summary>
        <div class="form-grid">
          <SelectInput
            label={t('settings.nature')}
            value={settings.nature}
            choices={NATURES.map((value) => ({ value, title: t(`settings.nature.${value}`) }))}
            onChoose={(nature) => change({ nature: nature as (typeof NATURES)[number] })}
          />
          <SelectInput
            label={t('settings.handling')}
            value={settings.handling}
            choices={HANDLINGS.map((value) => ({ value, title: t(`settings.handling.${value}`) }))}
            onChoose={(handling) => change({ handling: handling as (typeof HANDLINGS)[number] })}
          />
        </div>
        <p class="quiet">{t('settings.handlingHelp')}</p>
        <div class="form-grid">
          <TextInput
            label={t('settings.licence')}
            value={licence.name}
            onChange={(name) => change({ licence: { ...licence, name } })}
          />
          <TextInput
            label={t('settings.licenceUrl')}
            value={licence.url ?? ''}
            onChange={(url) => {
              const { url: _, ...rest } = licence;
              change({ licence: url === '' ? rest : { ...rest, url } });
            }}
          />
        </div>
        <CheckInput
          label={t('settings.redistribution')}
          isChecked={licence.redistribution}
          onChange={(redistribution) => change({ licence: { ...licence, redistribution } })}
        />
        <Both name="provenance" label="provenance" isLong />
        <Both name="attribution" label="attribution" />
      </details>
      <SettingsSources />
    </>
  );
}

/** A text in both languages. */
function Both({
  name,
  label,
  isLong = false,
}: {
  name: 'title' | 'description' | 'provenance' | 'attribution';
  label: 'name' | 'description' | 'provenance' | 'attribution';
  isLong?: boolean;
}) {
  const id = useId();
  const text = store.shown.value?.[name] as Localized;
  return (
    <>
      {(['en', 'fr'] as const).map((language) => {
        const common = {
          ...{ id: `${id}-${language}`, lang: language, required: true, value: text[language] },
          onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
            store.change({ [name]: { ...text, [language]: currentTarget.value } }),
        };
        return (
          <div key={language} class="form-field">
            <label for={`${id}-${language}`}>{t(`settings.${label}.${language}`)}</label>
            {isLong ? <textarea rows={3} {...common} /> : <input type="text" {...common} />}
          </div>
        );
      })}
    </>
  );
}
