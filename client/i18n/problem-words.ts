import { typeset } from './typeset.ts';

/** What a refusal means, by HTTP status, for readers of French: the server says more of it in English only. */
const FRENCH = typeset({
  400: 'Le serveur ne comprend pas la demande, ou elle dépasse ses limites.',
  401: 'Le serveur demande son jeton, ou ne reconnaît pas celui-ci.',
  403: 'Cela n’est pas permis : la licence des données ou leur diffusion s’y oppose.',
  404: 'Le serveur ne connaît pas, ou ne connaît plus, ce qui est demandé.',
  409: 'L’état actuel des données ne le permet pas.',
  410: 'Cela n’est plus conservé.',
  412: 'Les données ont changé entre-temps.',
  413: 'C’est trop volumineux.',
  415: 'Le serveur ne lit pas cette forme de données.',
  422: 'Les données ne sont pas cohérentes.',
  429: 'Le serveur reçoit trop de demandes : réessayez dans un instant.',
  501: 'Le serveur n’est pas équipé pour cela.',
  503: 'Le serveur est occupé : réessayez dans un instant.',
  504: 'La réponse prend trop de temps : restreignez la demande.',
  507: 'Le serveur n’a plus de place.',
  other: 'Le serveur a rencontré une erreur.',
});

/** The cause in French. `status`: HTTP. */
export const frenchCause = (status: number): string =>
  FRENCH[String(status)] ?? (status >= 400 && status < 500 ? FRENCH[400] : FRENCH.other) ?? '';
