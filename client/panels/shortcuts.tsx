import '../css/shortcuts.css';
import '../i18n/shortcuts-texts.ts';
import { useEffect, useRef } from 'preact/hooks';
import { type TextKey, t } from '../i18n/text.ts';
import { isHelpOpen } from '../state.ts';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A key by its text, or as it is written on the keyboard; several are pressed together, alternatives stand in a list. */
type Combination = readonly (TextKey | { readonly written: string })[];
interface Shortcut {
  readonly does: TextKey;
  readonly keys: readonly Combination[];
}

const written = (...keys: string[]) => keys.map((key) => ({ written: key }));
const control = { written: isApple ? '⌘' : 'Ctrl' };

const GROUPS: readonly { readonly title: TextKey; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'keys.page',
    shortcuts: [
      { does: 'keys.undo', keys: [[control, { written: 'Z' }]] },
      { does: 'keys.redo', keys: [[control, 'keys.shift', { written: 'Z' }]] },
      { does: 'keys.search', keys: [written('/')] },
      { does: 'keys.escape', keys: [['keys.esc']] },
      { does: 'keys.help', keys: [written('?')] },
    ],
  },
  {
    title: 'keys.map',
    shortcuts: [
      { does: 'keys.move', keys: [['keys.arrows']] },
      { does: 'keys.zoom', keys: [written('+'), written('−')] },
      { does: 'keys.list', keys: [['keys.enter']] },
    ],
  },
  {
    title: 'keys.clock',
    shortcuts: [
      { does: 'keys.step', keys: [['keys.arrows']] },
      { does: 'keys.play', keys: [['keys.space']] },
    ],
  },
  {
    title: 'keys.draw',
    shortcuts: [
      { does: 'keys.vertex', keys: [['keys.space']] },
      { does: 'keys.finish', keys: [['keys.enter']] },
      { does: 'keys.cancel', keys: [['keys.esc']] },
    ],
  },
  { title: 'keys.tools', shortcuts: [{ does: 'keys.along', keys: [written('←'), written('→')] }] },
];

/** All that the keyboard can do, as a dialog over the page. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="shortcuts"
      ref={dialog}
      aria-label={t('keys.title')}
      onClose={() => {
        isHelpOpen.value = false;
      }}
    >
      <div class="panel-head">
        <h2>{t('keys.title')}</h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      <div class="shortcuts-groups">
        {GROUPS.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3>{t(title)}</h3>
            <dl>
              {shortcuts.map(({ does, keys }) => (
                <div key={does}>
                  <dt>{t(does)}</dt>
                  <dd>
                    {keys.map((combination, index) => (
                      <span key={textOf(combination)}>
                        {index > 0 && <span class="quiet"> {t('keys.or')} </span>}
                        {combination.map((key) => (
                          <kbd key={nameOf(key)}>{nameOf(key)}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

const nameOf = (key: Combination[number]) => (typeof key === 'string' ? t(key) : key.written);
const textOf = (combination: Combination) => combination.map(nameOf).join();
