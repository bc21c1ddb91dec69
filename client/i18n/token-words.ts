/** Texts of the form that asks for the token. */

export const tokenEn = {
  'token.label': 'Access token',
  'token.help':
    'Only who holds the token of this server may add and correct data, and restore versions. It was written to the log when the server first started, or set by its operator. This window forgets it when it is closed.',
  'token.enter': 'Enter',
  'token.wrong': 'The server does not know this token.',
  'token.forget': 'Forget the token',
} as const;

export const tokenFr: Record<keyof typeof tokenEn, string> = {
  'token.label': 'Jeton d’accès',
  'token.help':
    'Seul le détenteur du jeton de ce serveur peut ajouter et corriger des données, et rétablir des versions. Il a été écrit au journal au premier démarrage, ou fixé par l’exploitant. Cette fenêtre l’oublie à sa fermeture.',
  'token.enter': 'Entrer',
  'token.wrong': 'Le serveur ne connaît pas ce jeton.',
  'token.forget': 'Oublier le jeton',
};
