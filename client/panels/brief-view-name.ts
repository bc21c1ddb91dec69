import { t } from '../i18n/text.ts';

/** What a view of a brief is called, at its place from 0 on. */
export const nameOfView = ({ title }: { readonly title: string }, at: number): string =>
  title.trim() || t('brief.untitledView', { number: at + 1 });
