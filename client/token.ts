import { signal } from '@preact/signals';
import { keptToken } from './api/kept-token.ts';
import { requestWithToken } from './api/with-token.ts';

/** The token of whoever may bring files and change layers; empty until it has been entered. */
export const token = signal(keptToken.get());

/**
 * Takes a token when the server knows it.
 * @throws ApiError
 */
export async function takeToken(text: string): Promise<void> {
  const given = text.trim();
  await requestWithToken(given, 'GET', 'uploads?limit=1');
  token.value = given;
  keptToken.set(given);
}

export function forgetToken(): void {
  token.value = '';
  keptToken.set('');
}
