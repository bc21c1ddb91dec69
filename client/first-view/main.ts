import { askedView } from './asked-view.ts';

/**
 * Runs before the page's own scripts, on what the server drew into its first answer: a fragment is never sent to a server, so
 * a link that shows something else has its picture asked for here. What cannot be drawn leaves an empty page, which loads.
 */
async function follow(view: HTMLElement): Promise<void> {
  const asked = askedView(location.hash);
  if (asked === null) return;
  const main = view.querySelector('main');
  main?.replaceChildren();
  if (asked === undefined || !main) return;
  if (!asked.has('lang')) asked.set('lang', document.documentElement.lang);
  asked.set('width', '1000');
  asked.set('height', '720');
  const response = await fetch(`picture.html?${asked}`);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  main.replaceChildren(...page.querySelectorAll('.first-picture, .first-words'));
}

const drawn = document.getElementById('first-view');
// Nobody hears of a failure: the map, which follows, says what is wrong.
if (drawn) follow(drawn).catch(() => undefined);
