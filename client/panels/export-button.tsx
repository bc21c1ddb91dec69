import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { closeExport, exportPanel, openExport } from '../state.ts';

/** Opens what can be taken along: pictures, pages for paper, data. */
export function ExportButton() {
  if (offlineSince() !== null) return null;
  const isOpen = exportPanel.value !== null;
  return (
    <button
      type="button"
      class="tool export-button"
      aria-expanded={isOpen}
      aria-label={t('export.open')}
      title={t('export.open')}
      onClick={() => (isOpen ? closeExport() : openExport())}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M10 3v9M6.500 8.500 10 12l3.500-3.500M4 13v4h12v-4" />
      </svg>
    </button>
  );
}
