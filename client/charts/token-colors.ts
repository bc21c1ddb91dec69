/** The page's own colours, by their tokens in css/base.css, as drawings and pictures write them. */
export interface TokenColors {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly accent: string;
  readonly warn: string;
  readonly good: string;
  readonly soft: string;
  readonly focus: string;
}

/** As the page is now. */
export function tokenColors(): TokenColors {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ...{ paper: of('--paper'), ink: of('--ink'), quiet: of('--ink-2'), rule: of('--rule'), accent: of('--accent') },
    ...{ warn: of('--warn'), good: of('--good'), soft: of('--sand-soft'), focus: of('--focus') },
  };
}

/** As for paper. Looks are computed at once, before the page is painted again: nobody sees it. */
export function inLight<Result>(look: () => Result): Result {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  dataset.theme = 'light';
  try {
    return look();
  } finally {
    if (theme === undefined) delete dataset.theme;
    else dataset.theme = theme;
  }
}
