import { useSignal } from '@preact/signals';
import { t } from '../i18n/text.ts';
import { BriefButton } from './brief-button.tsx';
import { CompareButton } from './compare-button.tsx';
import { ExportButton } from './export-button.tsx';
import { GridButton } from './grid-button.tsx';
import { HelpButton } from './help-button.tsx';
import { MeasureButton } from './measure-button.tsx';
import { SaverButton } from './saver.tsx';
import { SearchBox } from './search.tsx';
import { ShareButton } from './share-button.tsx';
import { ThemeButton } from './theme-button.tsx';
import { UndoButtons } from './undo-buttons.tsx';
import { WatchButton } from './watch-button.tsx';

/** Search and the tools that lie over the map; on a narrow screen the tools open below the search. */
export function ToolBar() {
  const isOpen = useSignal(false);
  return (
    <div class="tool-bar">
      <SearchBox />
      <button
        type="button"
        class="tool tools-toggle"
        aria-expanded={isOpen.value}
        aria-controls="tools"
        aria-label={t('tools.label')}
        title={t('tools.label')}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M4 6h12M4 10h12M4 14h12" />
        </svg>
      </button>
      <div
        class={`tools${isOpen.value ? ' is-open' : ''}`}
        id="tools"
        role="toolbar"
        aria-label={t('tools.label')}
        onKeyDown={moveAlong}
      >
        <div class="tools-group">
          <UndoButtons />
        </div>
        <div class="tools-group">
          <MeasureButton />
          <GridButton />
          <CompareButton />
        </div>
        <div class="tools-group">
          <WatchButton />
          <BriefButton />
          <ShareButton />
          <ExportButton />
          <SaverButton />
          <ThemeButton />
          <HelpButton />
        </div>
      </div>
    </div>
  );
}

/** The arrow keys go from tool to tool, as in any tool bar. */
function moveAlong(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const tools = [...event.currentTarget.querySelectorAll<HTMLElement>('.tool:not(:disabled)')];
  const at = tools.indexOf(document.activeElement as HTMLElement);
  if (at === -1) return;
  event.preventDefault();
  tools[(at + step + tools.length) % tools.length]?.focus();
}
