import type { drawingEn } from './drawing-en.ts';

export const drawingFr: Record<keyof typeof drawingEn, string> = {
  'drawing.label': 'Dessin',
  'drawing.how.point': 'Cliquez sur la carte à l’endroit voulu.',
  'drawing.how.move': 'Faites-le glisser, ou cliquez là où il doit se trouver.',
  'drawing.how.line': 'Cliquez de lieu en lieu ; cliquez de nouveau sur le dernier pour finir.',
  'drawing.how.polygon': 'Cliquez de sommet en sommet ; cliquez de nouveau sur le premier pour fermer.',
  'drawing.how.edit':
    'Faites glisser un sommet, ou le milieu d’un côté pour en ajouter un ; un clic droit en retire un.',
  'drawing.keys':
    'Au clavier : les flèches déplacent la carte, Espace pose un sommet à la croix, Entrée termine, Échap annule.',
  'drawing.pick.how': 'Cliquez dessus sur la carte.',
  'drawing.pick.missed':
    'Rien de tel à cet endroit. Cliquez dessus sur la carte ; une couche éteinte peut être affichée.',
  'drawing.pick.keys': 'Au clavier : les flèches déplacent la carte, Entrée prend ce qui est à la croix, Échap annule.',
  'drawing.undoVertex': 'Annuler le sommet',
  'drawing.undo': 'Annuler la modification',
  'drawing.cancel': 'Abandonner',
  'drawing.done': 'Terminer',
};
