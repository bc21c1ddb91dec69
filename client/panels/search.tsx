import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { plural, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import type { Choice } from '../search/choices.ts';
import { go } from '../search/go.ts';
import { type Choices, useChoices } from '../search/use-choices.ts';
import { putAwayFound } from '../state/search.ts';

/** Where "/" is a letter. */
const isWritten = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Finds a place by its name, by coordinates or by a code: a combobox, as WAI-ARIA describes one with a list. */
export function SearchBox() {
  const text = useSignal('');
  const isOpen = useSignal(false);
  const active = useSignal(-1);
  /** Enter was pressed before what is typed was found. */
  const isAwaited = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { value: found } = useChoices(text.value);
  const { choices } = found;
  const isShown = isOpen.value && text.value.trim() !== '';
  const at = Math.min(active.value, choices.length - 1);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWritten(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    text.value = choice.title;
    isOpen.value = false;
    active.value = -1;
    go(choice);
  };
  useEffect(() => {
    if (!isAwaited.value || found.of !== text.value.trim()) return;
    isAwaited.value = false;
    choose(choices[0]);
  }, [found, isAwaited.value]);
  const clear = () => {
    text.value = '';
    isOpen.value = false;
    putAwayFound();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    const steps: Record<string, number> = {
      ...{ ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 },
      ...(isShown && at >= 0 && { Home: 0, End: last }),
    };
    const next = steps[event.key];
    if (next !== undefined) {
      active.value = next;
      isOpen.value = true;
    } else if (event.key === 'Enter') {
      // What an earlier text found is taken only where the reader chose it.
      if (at >= 0 || found.of === text.value.trim()) choose(choices[Math.max(0, at)]);
      else isAwaited.value = true;
    } else if (event.key === 'Escape') {
      isAwaited.value = false;
      if (isShown) isOpen.value = false;
      else if (text.value === '') input.current?.blur();
      else clear();
      // What lies below stays open.
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };

  const isOffline = offlineSince() !== null;
  return (
    <search class="search">
      <svg class="search-icon" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="9" cy="9" r="5" />
        <path d="m13 13 4 4" />
      </svg>
      <input
        ref={input}
        type="text"
        role="combobox"
        class="search-input"
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        aria-label={t('search.label')}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-activedescendant={isShown && at >= 0 ? `${id}-${at}` : undefined}
        aria-keyshortcuts="/"
        placeholder={t(isOffline ? 'search.placeholderOffline' : 'search.placeholder')}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          isOpen.value = true;
          active.value = -1;
          isAwaited.value = false;
        }}
        onFocus={() => {
          isOpen.value = true;
        }}
        onBlur={() => {
          isOpen.value = false;
          isAwaited.value = false;
        }}
        onKeyDown={onKeyDown}
      />
      {text.value === '' ? (
        <span class="search-key" aria-hidden="true">
          /
        </span>
      ) : (
        <button type="button" class="search-clear" aria-label={t('search.clear')} onClick={clear}>
          ×
        </button>
      )}
      <div class={`search-box${isShown ? ' is-open' : ''}`}>
        {/* It is there while it is empty: the box names it. */}
        <div id={`${id}-list`} class="search-list" role="listbox" aria-label={t('search.results')}>
          {isShown &&
            choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, as in every combobox.
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box.
              <div
                key={choice.key}
                id={`${id}-${index}`}
                class="search-choice"
                role="option"
                aria-selected={index === at}
                ref={index === at ? reveal : null}
                // A press would take the focus from the box, and the list would be gone before the click.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
              >
                <span class="search-title">{choice.title}</span>
                <span class="search-notes">{choice.notes.join(' · ')}</span>
              </div>
            ))}
        </div>
        {isShown && choices.length === 0 && found.state !== 'searching' && (
          <p class="search-none">{t(nothing(found, isOffline))}</p>
        )}
      </div>
      <span class="visually-hidden" role="status">
        {isShown && found.state === 'ready' ? plural('search.found', choices.length) : ''}
      </span>
    </search>
  );
}

function nothing({ state }: Choices, isOffline: boolean) {
  if (state === 'failed') return 'search.failed';
  return isOffline ? 'search.noneOffline' : 'search.none';
}

const reveal = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });
