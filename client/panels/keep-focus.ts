/** What may have the focus instead; no field, which would open a phone's keyboard. */
const FREE = ':is(h1, h2, h3)[tabindex], button:enabled, a[href], summary, section[tabindex], canvas[tabindex]';

/** Whoever knows better where the focus goes has done it by then. */
const WAIT_MS = 120;

const isHeld = (element: Element) => element.isConnected && element.checkVisibility() && !element.matches(':disabled');

/**
 * The focus is never lost: when what had it is gone, hidden or switched off, the nearest thing that is left around it has it,
 * so that the next press of the tab key goes on from there and a reader of the screen is told where one is. What is returned ends it.
 */
export function keepFocus(app: HTMLElement): () => void {
  /** What had the focus last, and what it stands in, from within. */
  let held: readonly Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const remember = ({ target }: FocusEvent) => {
    held = [];
    for (let at = target as Element | null; at && app.contains(at); at = at.parentElement) held = [...held, at];
  };
  const look = () => {
    timer = undefined;
    const [last, ...around] = held;
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (!last || !isFree || isHeld(last)) return;
    for (const place of around.filter(isHeld)) {
      const next = [...place.querySelectorAll<HTMLElement>(FREE)].find(isHeld);
      if (next) return next.focus({ preventScroll: true });
    }
  };
  const lookSoon = () => {
    timer ??= setTimeout(look, WAIT_MS);
  };
  const changes = new MutationObserver(lookSoon);
  changes.observe(app, { childList: true, subtree: true, attributeFilter: ['disabled', 'hidden', 'class'] });
  app.addEventListener('focusin', remember);
  return () => {
    clearTimeout(timer);
    changes.disconnect();
    app.removeEventListener('focusin', remember);
  };
}
