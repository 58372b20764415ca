import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import 'mathjax-full/js/input/tex/configmacros/ConfigMacrosConfiguration.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import { mathjax } from 'mathjax-full/js/mathjax.js';
import { SVG } from 'mathjax-full/js/output/svg.js';

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

const page = mathjax.document('', {
  InputJax: new TeX({
    packages: ['base', 'ams', 'boldsymbol', 'configmacros'],
    macros: { bm: ['\\boldsymbol{#1}', 1] },
    maxBuffer: 20_000,
    formatError: (_, error) => {
      throw error;
    },
  }),
  OutputJax: new SVG({ fontCache: 'none' }),
});

/** The height of a letter x in pixels, for text of 14 pixels. */
const EX = 7;
/** Pixels that a hover has room for; a wider formula is drawn smaller. */
const WIDEST = 480;

/** A formula of LaTeX as an SVG image in one colour; null where it cannot be drawn. */
export function typeset(latex: string, colour: string): string | null {
  try {
    return sized(adaptor.innerHTML(page.convert(latex, { display: true })), colour);
  } catch {
    return null;
  }
}

/** An image has no font around it that its `ex` and its colour could be taken from. */
function sized(svg: string, colour: string): string | null {
  const [, width, height] = /width="([\d.]+)ex" height="([\d.]+)ex"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) return null;
  const scale = Math.min(EX, WIDEST / Number(width));
  const pixels = (length: string) => (Number(length) * scale).toFixed(1);
  return svg
    .replace(/ style="[^"]*"/, '')
    .replace(/width="[\d.]+ex" height="[\d.]+ex"/, `width="${pixels(width)}" height="${pixels(height)}" color="${colour}"`);
}
