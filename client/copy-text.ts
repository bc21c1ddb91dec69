/** Puts a text into the clipboard; false where the browser forbids it, as it does to pages that came without encryption. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way, which asks for no encryption. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  const had = document.activeElement;
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (had instanceof HTMLElement) had.focus();
  }
}
