/** Texts of two periods, which are fetched when they are first compared. */
export const compareLaterEn = {
  'compare.label': 'Two periods',
  'compare.left': 'Left:',
  'compare.right': 'Right, the clock:',
  'compare.swap': 'Swap the periods',
  'compare.views': 'How they lie',
  'compare.view.swipe': 'Swipe',
  'compare.view.side': 'Side by side',
  'compare.handle': 'Border between the periods',
  'compare.share': '{percent} % of the map shows the left period',
  'compare.wrong': 'Write a year, a month or two days, such as 2019, 2019-03 or 2019-01-01 to 2019-06-30.',
} as const;

export const compareLaterFr: Record<keyof typeof compareLaterEn, string> = {
  'compare.label': 'Deux périodes',
  'compare.left': 'À gauche :',
  'compare.right': 'À droite, l’horloge :',
  'compare.swap': 'Échanger les périodes',
  'compare.views': 'Disposition',
  'compare.view.swipe': 'Volet',
  'compare.view.side': 'Côte à côte',
  'compare.handle': 'Limite entre les périodes',
  'compare.share': '{percent} % de la carte montre la période de gauche',
  'compare.wrong': 'Écrivez une année, un mois ou deux jours, par exemple 2019, 2019-03 ou 2019-01-01 à 2019-06-30.',
};
