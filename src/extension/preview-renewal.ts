/** Milliseconds that marks have to rest before an open preview is asked to render anew. */
const REST = 150;

/** Milliseconds until a preview has rendered what it was asked for: it waits 300 by itself, and then makes its page. */
const PATIENCE = 500;

/** How often it is asked: one that is closed by now never renders it. */
const TRIES = 4;

/** Milliseconds in which the page of a preview has loaded with all that belongs to it. */
const LOADING = 3000;

/** The document that a preview shows, and the marks with which it was rendered. */
interface Shown {
  readonly uri: string;
  readonly marks: string;
}

/**
 * Sees to it that an open preview shows the marks as they are now. A preview that waits to render an edit forgets what it is asked meanwhile;
 * and where that edit was only a file being saved, it then renders nothing. Therefore it is told here what was rendered, and the preview is asked
 * until that is what there is to show, and not at all where its own rendering showed it already. Two previews of one document are told apart: what
 * one of them has rendered the other may have forgotten.
 *
 * A page that is set while anything of the one before it still loads is at times never shown: the earlier page's being loaded stops the timer that
 * both share (VS Code, webview/browser/pre/index.html, `loadTimeout`). Nothing tells of that; therefore the same page is asked for once more at rest.
 */
export class PreviewRenewal {
  readonly #marksOf: (uri: string) => string;
  readonly #renderAgain: () => void;
  /** What each preview last rendered. */
  readonly #shown = new Map<unknown, Shown>();
  /** The documents whose marks may not be on show, and how often a preview may still be asked for them. */
  readonly #awaited = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether anything was rendered since a preview was asked. */
  #hasRendered = false;
  #atRest: ReturnType<typeof setTimeout> | undefined;

  constructor(marksOf: (uri: string) => string, renderAgain: () => void) {
    this.#marksOf = marksOf;
    this.#renderAgain = renderAgain;
  }

  /** A preview, which is told from others by `view`, renders a document. */
  rendered(uri: string, view: unknown): void {
    this.#hasRendered = true;
    this.#shown.set(view, { uri, marks: this.#marksOf(uri) });
  }

  /** The marks of a document may have changed. */
  changed(uri: string): void {
    this.#awaited.set(uri, TRIES);
    this.#look(REST);
  }

  /** The marks of every document may have changed. */
  changedAll(): void {
    for (const { uri } of this.#shown.values()) this.changed(uri);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#atRest);
  }

  #look(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew(), after);
  }

  #renew(): void {
    for (const [uri, tries] of this.#awaited) {
      const outdated = this.#outdated(uri);
      if (tries > 0 && outdated.length > 0) this.#awaited.set(uri, tries - 1);
      else {
        this.#awaited.delete(uri);
        for (const view of outdated) this.#shown.delete(view);
      }
    }
    if (this.#awaited.size === 0) return;
    this.#ask();
    this.#look(PATIENCE);
  }

  #ask(): void {
    this.#hasRendered = false;
    this.#renderAgain();
    clearTimeout(this.#atRest);
    this.#atRest = setTimeout(() => this.#hasRendered && this.#renderAgain(), LOADING);
  }

  /** The previews that show a document with other marks than it has. */
  #outdated(uri: string): readonly unknown[] {
    const current = this.#marksOf(uri);
    return [...this.#shown].flatMap(([view, shown]) => (shown.uri === uri && shown.marks !== current ? [view] : []));
  }
}
