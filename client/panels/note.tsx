import type { ComponentChildren } from 'preact';

/**
 * What the page has to say over the map, always in the same dress: `about` the data, a `problem` with the way out of it,
 * or the `state` that the page is in. Problems are announced at once.
 */
export function Note({
  kind,
  name,
  label,
  actions,
  children,
}: {
  kind: 'about' | 'problem' | 'state';
  /** Of its own styles, and of tests. */
  name: string;
  label?: string;
  /** What can be done about it. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  const content = (
    <>
      <div class="note-text">{children}</div>
      {actions && <div class="note-actions">{actions}</div>}
    </>
  );
  const style = `note is-${kind} ${name}`;
  if (kind === 'problem') {
    return (
      <div class={style} role="alert">
        {content}
      </div>
    );
  }
  return (
    <aside class={style} aria-label={label}>
      {content}
    </aside>
  );
}
