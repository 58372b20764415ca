/** Milliseconds that marks have to rest before an open preview is asked to render anew. */
const REST = 150;

/** Milliseconds until a preview has rendered what it was asked for: it waits 300 by itself, and then makes its page. */
const PATIENCE = 500;

/** How often it is asked: one that shows another document by now never renders this one. */
const TRIES = 4;

/**
 * Sees to it that an open preview shows the marks as they are now. A preview that waits to render an edit forgets what it is asked meanwhile;
 * and where that edit was only a file being saved, it then renders nothing. Therefore it is told here what was rendered, and the preview is asked
 * until that is what there is to show, and not at all where its own rendering showed it already.
 */
export class PreviewRenewal {
  readonly #marksOf: (uri: string) => string;
  readonly #renderAgain: () => void;
  /** The marks that each document was last rendered with. */
  readonly #rendered = new Map<string, string>();
  /** The documents whose marks may not be on show, and how often a preview may still be asked for them. */
  readonly #awaited = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(marksOf: (uri: string) => string, renderAgain: () => void) {
    this.#marksOf = marksOf;
    this.#renderAgain = renderAgain;
  }

  /** A preview renders a document. */
  rendered(uri: string): void {
    this.#rendered.set(uri, this.#marksOf(uri));
  }

  /** The marks of a document may have changed. */
  changed(uri: string): void {
    this.#awaited.set(uri, TRIES);
    this.#look(REST);
  }

  /** The marks of every document may have changed. */
  changedAll(): void {
    for (const uri of this.#rendered.keys()) this.changed(uri);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #look(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew(), after);
  }

  #renew(): void {
    for (const [uri, tries] of this.#awaited) {
      if (tries > 0 && this.#isOutdated(uri)) this.#awaited.set(uri, tries - 1);
      else this.#awaited.delete(uri);
    }
    if (this.#awaited.size === 0) return;
    this.#renderAgain();
    this.#look(PATIENCE);
  }

  /** Of a document that no preview has rendered there is nothing to renew. */
  #isOutdated(uri: string): boolean {
    const shown = this.#rendered.get(uri);
    return shown !== undefined && shown !== this.#marksOf(uri);
  }
}
