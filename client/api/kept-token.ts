const TOKEN = 'azalai.token';

/** Where the browser keeps nothing. */
let here = '';

/** The token of the server. Kept as long as the window is open; where storage is forbidden, as long as the page is. */
export const keptToken = {
  get: (): string => {
    try {
      return sessionStorage.getItem(TOKEN) ?? here;
    } catch {
      return here;
    }
  },
  set: (token: string) => {
    here = token;
    try {
      if (token === '') sessionStorage.removeItem(TOKEN);
      else sessionStorage.setItem(TOKEN, token);
    } catch {
      // It is kept here.
    }
  },
};

/** Of a request for what only the holder of the token may see. */
export const authorization = (token: string) => ({ authorization: `Bearer ${token}` });

/** Of a request for what all may see, of which the holder of the token sees more. */
export function readerHeaders(): Readonly<Record<string, string>> {
  const token = keptToken.get();
  return token === '' ? {} : authorization(token);
}
