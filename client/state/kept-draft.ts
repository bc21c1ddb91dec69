const PREFIX = 'azalai.draft.';

/** Where the browser keeps nothing. */
const here = new Map<string, string>();

/**
 * Keeps what has been written and not sent, as JSON, as long as the tab is open: it is there again after a reload. Null
 * drops it. Where storage is full or forbidden, it is kept as long as the page is.
 */
export function keepDraft(name: string, draft: unknown): void {
  const text = draft === null ? null : JSON.stringify(draft);
  if (text === null) here.delete(name);
  else here.set(name, text);
  try {
    // An older one must not outlive this one where there is no room for it.
    sessionStorage.removeItem(PREFIX + name);
    if (text !== null) sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // It is kept here.
  }
}

/** What was kept under that name; null: nothing. Whoever asks checks what it is. */
export function keptDraft(name: string): unknown {
  const text = here.get(name) ?? stored(name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
