import type { reachEn } from './reach-en.ts';

export const reachFr: Record<keyof typeof reachEn, string> = {
  'stale.title': 'Pas de connexion.',
  'stale.kept': 'Ce qui est affiché a été conservé le {date} ({age}). Ce qui n’a pas encore été consulté manque.',
  'stale.nothing': 'Ce qui n’a pas encore été consulté manque.',
  'stale.trying': 'La page continue d’essayer et se met à jour d’elle-même.',
  'stale.try': 'Essayer maintenant',
  'saver.on': 'Économie de données : activée. Désactiver',
  'saver.off': 'Économie de données : désactivée. Activer',
  'saver.title': 'Données économisées.',
  'saver.note':
    'Le fond de carte est plus grossier et nomme moins de lieux ; les fiches et les décomptes sont complets.',
  'saver.stop': 'Désactiver',
};
