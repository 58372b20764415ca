/** As much of MathJax as draws a formula; its own declarations speak of documents and styles that are not used here. */
declare module 'mathjax-full/js/adaptors/liteAdaptor.js' {
  export interface Adaptor {
    innerHTML(node: unknown): string;
  }
  export function liteAdaptor(): Adaptor;
}

declare module 'mathjax-full/js/handlers/html.js' {
  export function RegisterHTMLHandler(adaptor: unknown): void;
}

declare module 'mathjax-full/js/input/tex.js' {
  export class TeX {
    constructor(options: {
      readonly packages: readonly string[];
      readonly macros?: Readonly<Record<string, readonly [body: string, parameters: number]>>;
      readonly maxMacros?: number;
      readonly maxBuffer?: number;
      readonly formatError?: (jax: unknown, error: Error) => never;
    });
  }
}

declare module 'mathjax-full/js/output/svg.js' {
  export class SVG {
    constructor(options: { readonly fontCache: 'none' });
  }
}

declare module 'mathjax-full/js/mathjax.js' {
  export const mathjax: {
    document(
      text: string,
      options: { readonly InputJax: unknown; readonly OutputJax: unknown },
    ): { convert(latex: string, options: { readonly display: boolean }): unknown };
  };
}

declare module 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
declare module 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
declare module 'mathjax-full/js/input/tex/configmacros/ConfigMacrosConfiguration.js';
