import katex from 'katex';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface FormulaProps {
  readonly latex: string;
  /** What stands there when the formula cannot be read: the text as it was written. */
  readonly fallback: string;
  readonly display?: boolean;
  /** Rendered only when it comes near the visible part of the page; for long lists. */
  readonly lazy?: boolean;
}

/**
 * A formula, built node by node: nothing of the document reaches the page as HTML, and links and
 * classes that a formula asks for are refused (`trust`).
 */
export function Formula({ latex, fallback, display = false, lazy = false }: FormulaProps): JSX.Element {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const render = () => renderFormula(target, latex, fallback, display);
    return lazy ? whenNear(target, render) : render();
  }, [latex, fallback, display, lazy]);
  return <span ref={element} class={display ? 'formula formula-display' : 'formula'} />;
}

function renderFormula(target: HTMLElement, latex: string, fallback: string, displayMode: boolean): undefined {
  try {
    katex.render(latex, target, { ...OPTIONS, displayMode, macros: { ...WITHOUT_STYLE } });
  } catch {
    target.replaceChildren(codeElement(fallback));
  }
}

/** What is refused has the colour of the text: KaTeX's own red is too dark for a dark theme. */
const OPTIONS = { trust: false, strict: 'ignore', errorColor: 'currentColor', maxExpand: 500, maxSize: 10 } as const;

/** KaTeX writes a style attribute for these, which the content security policy forbids; their nearest kin do without. */
const WITHOUT_STYLE = { '\\pmb': '\\boldsymbol{#1}', '\\fcolorbox': '\\@firstoftwo{\\colorbox{#2}{#3}}{#1}' };

function codeElement(text: string): HTMLElement {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}

/** Calls back once an element comes near the visible part of the page. One observer serves all: a thousand of them are slow to make. */
function nearness(): (target: Element, act: () => void) => () => void {
  const awaited = new WeakMap<Element, () => void>();
  let observer: IntersectionObserver | null = null;
  return (target, act) => {
    observer ??= observerOf(awaited);
    awaited.set(target, act);
    observer.observe(target);
    return () => observer?.unobserve(target);
  };
}

function observerOf(awaited: WeakMap<Element, () => void>): IntersectionObserver {
  const told = (entries: readonly IntersectionObserverEntry[], observer: IntersectionObserver) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      observer.unobserve(target);
      awaited.get(target)?.();
    }
  };
  // Until it is rendered a formula has no size, so a margin keeps the list from jumping while it scrolls.
  return new IntersectionObserver(told, { rootMargin: '300px' });
}

const whenNear = nearness();
