import { t } from '../i18n/text.ts';
import * as store from '../state/settings.ts';
import { TextInput } from './form-inputs.tsx';

/** From whom the records of a layer are. */
export function SettingsSources() {
  const sources = store.shown.value?.sources ?? [];
  const put = (at: number, part: { key?: string; title?: string; url?: string | undefined }) =>
    store.change({
      sources: sources.map((source, index) => {
        if (index !== at) return source;
        const { url, ...rest } = { ...source, ...part };
        return url ? { ...rest, url } : rest;
      }),
    });
  return (
    <details class="panel-part">
      <summary>{t('settings.sources')}</summary>
      <ul class="settings-sources">
        {sources.map((source, at) => (
          <li key={at}>
            <TextInput label={t('settings.source.key')} value={source.key} onChange={(key) => put(at, { key })} />
            <TextInput
              label={t('settings.source.title')}
              value={source.title}
              onChange={(title) => put(at, { title })}
            />
            <TextInput label={t('settings.source.url')} value={source.url ?? ''} onChange={(url) => put(at, { url })} />
            <button
              type="button"
              class="icon-button"
              aria-label={t('settings.source.remove', { title: source.title })}
              onClick={() => store.change({ sources: sources.filter((_, index) => index !== at) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button"
        onClick={() => store.change({ sources: [...sources, { key: `source-${sources.length + 1}`, title: '' }] })}
      >
        {t('settings.source.add')}
      </button>
    </details>
  );
}
