/** What a reader has set for this browser, by the name of the setting. Storage may be forbidden: then nothing is remembered. */

/** Null: nothing is kept. */
export function keptSetting(name: string): string | null {
  try {
    return localStorage.getItem(`azalai.${name}`);
  } catch {
    return null;
  }
}

export function keepSetting(name: string, text: string): void {
  try {
    localStorage.setItem(`azalai.${name}`, text);
  } catch {
    // It holds as long as the page is open.
  }
}
