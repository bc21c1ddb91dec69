import type { measureEn } from './measure-en.ts';

export const measureFr: Record<keyof typeof measureEn, string> = {
  'measure.way': 'Un trajet',
  'measure.area': 'Une surface',
  'measure.drawWay': 'Mesurer un trajet :',
  'measure.drawArea': 'Mesurer une surface :',
  'measure.total': 'Longueur',
  'measure.inside': 'Surface',
  'measure.around': 'Périmètre',
  'measure.leg': 'Segment {number}',
  'measure.legs': '{count} segments',
  'measure.legsOne': '{count} segment',
  'measure.change': 'Modifier',
  'measure.clear': 'Effacer',
  'measure.close': 'Fermer la mesure',
  'measure.how':
    'Cliquez les sommets sur la carte. Les longueurs suivent le plus court chemin sur l’ellipsoïde WGS 84.',
};
