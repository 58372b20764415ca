import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the keyboard on the page: where what has the focus goes away, as the button of a repair does once it is applied,
 * the focus goes to the nearest thing around it that is still there and takes it.
 */
export function useKeptFocus(): void {
  const around = useRef<readonly HTMLElement[]>([]);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      around.current = target instanceof HTMLElement ? focusableAround(target) : [];
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useLayoutEffect(() => {
    const [focused] = around.current;
    if (focused === undefined || focused.isConnected || document.activeElement !== document.body) return;
    around.current.find((element) => element.isConnected)?.focus({ preventScroll: true });
  });
}

/** The element and those around it that can have the focus, the nearest first. */
function focusableAround(element: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at: HTMLElement | null = element; at !== null; at = at.parentElement)
    if (at === element || at.hasAttribute('tabindex')) found.push(at);
  return found;
}
