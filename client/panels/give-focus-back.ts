/** To what had the focus before a panel opened; where that is gone or hidden, as in a drawer that has closed, to the map. */
export function giveFocusBack(opener: Element | null): void {
  if (opener instanceof HTMLElement && opener !== document.body) opener.focus();
  const { activeElement } = document;
  if (activeElement === opener && opener !== document.body) return;
  document.querySelector<HTMLElement>('.map .maplibregl-canvas')?.focus({ preventScroll: true });
}
