/** The frame of the page; what it describes is in English, as it stands in the addresses. */
const WORDS = {
  en: {
    interfaces: 'Interfaces',
    map: 'Map',
    send: 'Send',
    answer: 'Answer',
    parameters: 'Parameters',
    answers: 'Answers',
    body: 'Body of the request',
    token: 'Takes the token of the server.',
    failed: 'The server does not answer.',
    machine: 'For programs',
  },
  fr: {
    interfaces: 'Interfaces',
    map: 'Carte',
    send: 'Envoyer',
    answer: 'Réponse',
    parameters: 'Paramètres',
    answers: 'Réponses',
    body: 'Corps de la requête',
    token: 'Demande le jeton du serveur.',
    failed: 'Le serveur ne répond pas.',
    machine: 'Pour les programmes',
  },
} as const;

export const language = navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
export const words = WORDS[language];
