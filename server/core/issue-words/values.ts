import { type IssueWords, words } from './words.ts';

/** Values, identifiers and dates. */
export const VALUES: Readonly<Record<string, IssueWords>> = {
  'duplicate-exact': words(
    'The same record again',
    'Fiche répétée à l’identique',
    'The first is kept, the others are skipped. Switch the repair off to keep them all.',
    'La première est gardée, les autres sont omises. Désactivez la réparation pour toutes les garder.',
    'duplicate-exact',
  ),
  'duplicate-near': words(
    'Perhaps the same event twice',
    'Peut-être deux fois le même événement',
    'The same kind, within a kilometre and a day. Both are kept: look whether they are one.',
    'Même nature, à moins d’un kilomètre et d’un jour. Les deux sont gardées : voyez si elles n’en font qu’une.',
  ),
  'duplicate-near-crowd': words(
    'Too many at one place to be compared',
    'Trop de fiches au même endroit pour être comparées',
    'Whether some of these are the same event was not looked at. A file of fewer days, or finer kinds, would be.',
    'Il n’a pas été vérifié si certaines décrivent le même événement. Un fichier de moins de jours le serait.',
  ),
  'id-duplicate': words(
    'Id that occurs more than once',
    'Identifiant présent plusieurs fois',
    'An id names one record. Choose another column for it, or none: then each record gets one.',
    'Un identifiant désigne une seule fiche. Choisissez une autre colonne, ou aucune : chaque fiche en recevra un.',
  ),
  'not-newer': words(
    'Not newer than in the layer',
    'Pas plus récent que dans la couche',
    'The layer has the same record as it is, or a newer one, which stays. Nothing needs to be done.',
    'La couche a déjà cette fiche, identique ou plus récente, qui reste. Il n’y a rien à faire.',
  ),
  'date-order': words(
    'Day and month could be exchanged',
    'Jour et mois peut-être inversés',
    'Say in the mapping which comes first, or write dates as 2023-04-15.',
    'Indiquez dans la correspondance lequel vient en premier, ou écrivez les dates comme 2023-04-15.',
  ),
  'date-invalid': words(
    'Date that cannot be read',
    'Date illisible',
    'Write dates as 2023-04-15. Look whether day and month are read in the right order.',
    'Écrivez les dates comme 2023-04-15. Vérifiez l’ordre du jour et du mois.',
  ),
  'date-future': words(
    'Date in the future',
    'Date dans le futur',
    'Look at the year, and at the order of day and month.',
    'Vérifiez l’année, et l’ordre du jour et du mois.',
  ),
  'interval-reversed': words(
    'Ends before it begins',
    'Finit avant de commencer',
    'The two dates are exchanged, or one is wrong.',
    'Les deux dates sont inversées, ou l’une est fausse.',
  ),
  'category-unknown': words(
    'Value that is not in the list',
    'Valeur absente de la liste',
    'The record goes without it; the value stays in the issue. Say in the mapping what it stands for.',
    'La fiche reste sans cette valeur, qui figure dans le constat. Dites dans la correspondance ce qu’elle représente.',
  ),
  'number-invalid': words(
    'Not a number',
    'Pas un nombre',
    'The record goes without it. Correct the value, or make the field a text.',
    'La fiche reste sans elle. Corrigez la valeur, ou faites du champ un texte.',
  ),
  'number-text': words(
    'Numbers written as text',
    'Nombres écrits comme texte',
    'They were read as numbers. Nothing needs to be done.',
    'Ils ont été lus comme des nombres. Il n’y a rien à faire.',
  ),
  'mixed-types': words(
    'Values of several kinds in one column',
    'Valeurs de plusieurs types dans une colonne',
    'The field has the type that most values have. Make it a text to keep them all.',
    'Le champ a le type de la plupart des valeurs. Faites-en un texte pour toutes les garder.',
  ),
  'value-too-long': words(
    'Text that is too long',
    'Texte trop long',
    'It was cut. Shorten it in the file if its end matters.',
    'Il a été coupé. Raccourcissez-le dans le fichier si la fin compte.',
  ),
  'nul-character': words(
    'Text with a NUL character',
    'Texte avec un caractère NUL',
    'The character was taken out.',
    'Le caractère a été retiré.',
  ),
  mojibake: words(
    'Broken accents (Ã© for é)',
    'Accents abîmés (Ã© pour é)',
    'The text was once read in the wrong encoding. The repair turns it back.',
    'Le texte a été lu un jour dans un mauvais encodage. La réparation le rétablit.',
    'mojibake',
  ),
  'letters-lost': words(
    'Letters that are lost (�)',
    'Lettres perdues (�)',
    'They were lost before the file came here. Export it again from the source, as UTF-8.',
    'Elles étaient perdues avant l’envoi. Exportez de nouveau depuis la source, en UTF-8.',
  ),
  'id-type': words(
    'Id that is neither text nor number',
    'Identifiant ni texte ni nombre',
    'It was left out.',
    'Il a été omis.',
  ),
  'not-utf8': words(
    'Text that is not UTF-8',
    'Texte qui n’est pas en UTF-8',
    'Save the file as UTF-8.',
    'Enregistrez le fichier en UTF-8.',
  ),
  'not-utf-8': words(
    'Text that is not UTF-8',
    'Texte qui n’est pas en UTF-8',
    'It was read as Windows-1252. Look at the accents.',
    'Il a été lu comme Windows-1252. Vérifiez les accents.',
  ),
  'properties-not-an-object': words(
    'Properties that are no object',
    'Propriétés qui ne sont pas un objet',
    'Properties are an object such as {"name": "Gao"}, or null.',
    'Les propriétés sont un objet comme {"name": "Gao"}, ou null.',
  ),
};
