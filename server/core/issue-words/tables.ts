import { type IssueWords, words } from './words.ts';

/** Tables and workbooks. */
export const TABLES: Readonly<Record<string, IssueWords>> = {
  'no-header': words(
    'No header row',
    'Pas de ligne d’en-tête',
    'The columns are called c1, c2... Give them names below.',
    'Les colonnes s’appellent c1, c2... Nommez-les ci-dessous.',
  ),
  'rows-above-header': words(
    'Title above the table',
    'Titre au-dessus du tableau',
    'It was left out.',
    'Il a été omis.',
  ),
  'empty-rows': words('Empty rows', 'Lignes vides', 'They were passed over.', 'Elles ont été ignorées.'),
  hxl: words(
    'HXL tags',
    'Étiquettes HXL',
    'The columns were told by them.',
    'Elles ont servi à reconnaître les colonnes.',
  ),
  'too-many-fields': words(
    'Row with too many fields',
    'Ligne avec trop de champs',
    'Put quotes around text that holds the delimiter.',
    'Mettez entre guillemets le texte qui contient le séparateur.',
  ),
  'too-few-fields': words(
    'Row with too few fields',
    'Ligne avec trop peu de champs',
    'The last ones were left empty. Look whether the row was cut.',
    'Les derniers sont restés vides. Voyez si la ligne est coupée.',
  ),
  'quote-not-closed': words(
    'Quote that is never closed',
    'Guillemet jamais fermé',
    'What follows it could not be read. Close the quote, or take it out.',
    'La suite n’a pas pu être lue. Fermez le guillemet ou retirez-le.',
  ),
  'column-name-empty': words(
    'Column without a name',
    'Colonne sans nom',
    'It got one. Give it a better one in the file.',
    'Elle en a reçu un. Donnez-lui-en un meilleur dans le fichier.',
  ),
  'column-name-duplicate': words(
    'Two columns of the same name',
    'Deux colonnes du même nom',
    'One was given another name.',
    'L’une a été renommée.',
  ),
  'columns-not-read': words(
    'Columns that are not read',
    'Colonnes non lues',
    'Pictures and other binary values are left out.',
    'Les images et autres valeurs binaires sont omises.',
  ),
  'encoding-mixed': words(
    'Two encodings in one file',
    'Deux encodages dans un fichier',
    'Look at the accents, and save the file as UTF-8.',
    'Vérifiez les accents et enregistrez le fichier en UTF-8.',
  ),
  'encoding-utf-16': words('Text in UTF-16', 'Texte en UTF-16', 'It was read as such.', 'Il a été lu comme tel.'),
  'encoding-windows-1252': words(
    'Text in Windows-1252',
    'Texte en Windows-1252',
    'It was read as such. Look at the accents.',
    'Il a été lu comme tel. Vérifiez les accents.',
  ),
  'hidden-sheet': words(
    'Hidden sheet',
    'Feuille masquée',
    'It was read like the others.',
    'Elle a été lue comme les autres.',
  ),
  'cell-errors': words(
    'Cells with an error (#REF!)',
    'Cellules en erreur (#REF!)',
    'They were left empty. Correct the formulas.',
    'Elles sont restées vides. Corrigez les formules.',
  ),
  'cells-beside': words(
    'Cells beside the table',
    'Cellules hors du tableau',
    'They were left out. A sheet should hold one table.',
    'Elles ont été omises. Une feuille doit contenir un seul tableau.',
  ),
  'table-left-out': words('Table without positions', 'Table sans positions', 'It was left out.', 'Elle a été omise.'),
  'deleted-rows': words(
    'Rows marked as deleted',
    'Lignes marquées comme supprimées',
    'They were left out.',
    'Elles ont été omises.',
  ),
  'counts-differ': words(
    'Shapes and rows do not match in number',
    'Nombres de formes et de lignes différents',
    'The .shp and the .dbf do not belong together. Export both again.',
    'Le .shp et le .dbf ne vont pas ensemble. Exportez-les de nouveau.',
  ),
  'no-dbf': words(
    'No .dbf file',
    'Fichier .dbf absent',
    'The shapes come without properties. Send the .dbf along.',
    'Les formes sont sans propriétés. Joignez le .dbf.',
  ),
  'dbf-cut-short': words('Table that is cut short', 'Table tronquée', 'Send the .dbf again.', 'Renvoyez le .dbf.'),
  'dbf-unreadable': words(
    'Table that cannot be read',
    'Table illisible',
    'The shapes come without properties. Export the .dbf again.',
    'Les formes sont sans propriétés. Exportez de nouveau le .dbf.',
  ),
  'unknown-encoding': words(
    'Encoding that is not known',
    'Encodage inconnu',
    'Look at the accents. A .cpg file with the line UTF-8 tells it.',
    'Vérifiez les accents. Un fichier .cpg avec la ligne UTF-8 le précise.',
  ),
  'table-alone': words('Table without its shapes', 'Table sans ses formes', 'Send the .shp along.', 'Joignez le .shp.'),
};
