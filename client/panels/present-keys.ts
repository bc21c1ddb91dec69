/** Where a key leads in a presentation. */
export type Way = 'next' | 'previous' | 'first' | 'last' | 'leave' | 'full';

const WAYS: Readonly<Record<string, Way>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  Escape: 'leave',
  f: 'full',
  F: 'full',
};

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Null: the key means nothing here, and is whoever's it was. Presenters with two buttons send Page Up and Page Down. */
export function wayOf({ key, ctrlKey, metaKey, altKey }: Key): Way | null {
  return ctrlKey || metaKey || altKey ? null : (WAYS[key] ?? null);
}
