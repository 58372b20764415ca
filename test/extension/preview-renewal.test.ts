import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PreviewRenewal } from '../../src/extension/preview-renewal.ts';
import { withVerdictsOf } from '../../src/extension/preview-verdicts.ts';
import type { ListedClaim } from '../../src/protocol/lsp.ts';

/**
 * VS Code's own preview, as far as it matters (markdown-language-features, `MarkdownPreview.refresh`): it waits 300 ms and forgets what it is asked
 * meanwhile; what it then was not forced to render it renders only where the text has another version.
 */
function previewOfVsCode(render: () => void) {
  const document = { version: 1 };
  let current = 0;
  let isWaiting = false;
  const update = (forced: boolean) => {
    isWaiting = false;
    if (!forced && current === document.version) return;
    current = document.version;
    render();
  };
  const refresh = (forced: boolean) => {
    if (!isWaiting) setTimeout(() => update(forced), 300);
    isWaiting = true;
  };
  return {
    edited: () => {
      document.version += 1;
      refresh(false);
    },
    /** VS Code tells of a change without content: the file is no longer dirty. */
    saved: () => refresh(false),
    asked: () => refresh(true),
    opened: () => update(true),
  };
}

const URI = 'file:///notes.md';

function scene() {
  const shown: string[] = [];
  let marks = '';
  const renewal = new PreviewRenewal(() => marks, () => preview.asked());
  const preview = previewOfVsCode(() => {
    renewal.rendered(URI, 'the preview');
    shown.push(marks);
  });
  const verdict = (said: string) => {
    marks = said;
    renewal.changed(URI);
  };
  return { shown, preview, renewal, verdict };
}

describe('an open preview shows the marks as they are now', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('once verdicts come', () => {
    const { shown, preview, verdict } = scene();
    preview.opened();
    verdict('verified');
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual(['', 'verified']);
  });

  test('also where they come while a saved file keeps it from listening', () => {
    const { shown, preview, verdict } = scene();
    preview.opened();
    verdict('wrong');
    vi.advanceTimersByTime(3000);
    preview.edited();
    vi.advanceTimersByTime(950);
    verdict('verified');
    vi.advanceTimersByTime(50);
    preview.saved();
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual(['', 'wrong', 'wrong', 'verified']);
  });

  test('and once more at rest, as the page may wait unseen behind another one that still loads', () => {
    const { shown, preview, verdict } = scene();
    preview.opened();
    verdict('wrong');
    vi.advanceTimersByTime(700);
    verdict('verified');
    vi.advanceTimersByTime(60_000);
    expect(shown).toEqual(['', 'wrong', 'verified', 'verified']);
  });

  test('and is not asked where its own rendering of an edit showed them', () => {
    const { shown, preview, verdict } = scene();
    preview.opened();
    preview.edited();
    vi.advanceTimersByTime(200);
    verdict('verified');
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual(['', 'verified']);
  });

  test('nor where the verdicts are what they were', () => {
    const { shown, preview, verdict } = scene();
    preview.opened();
    verdict('');
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual(['']);
  });

  test('and one that was closed is left in peace', () => {
    const asked = vi.fn();
    let marks = '';
    const renewal = new PreviewRenewal(() => marks, asked);
    renewal.rendered(URI, 'a preview');
    marks = 'verified';
    renewal.changed(URI);
    vi.advanceTimersByTime(60_000);
    expect(asked).toHaveBeenCalledTimes(4);
    marks = 'wrong';
    renewal.changed(URI);
    renewal.changed('file:///never-rendered.md');
    vi.advanceTimersByTime(60_000);
    expect(asked).toHaveBeenCalledTimes(4);
  });

  test('nor is one that shows another document by now', () => {
    const asked = vi.fn();
    let marks = '';
    const renewal = new PreviewRenewal(() => marks, asked);
    renewal.rendered(URI, 'a preview');
    renewal.rendered('file:///another.md', 'a preview');
    marks = 'verified';
    renewal.changed(URI);
    vi.advanceTimersByTime(60_000);
    expect(asked).not.toHaveBeenCalled();
  });

  test('and each of two previews is asked until it shows them', () => {
    const shown = { left: '', right: '' };
    let marks = '';
    let misses = 2;
    const renewal = new PreviewRenewal(() => marks, () => {
      const views = misses-- > 0 ? (['left'] as const) : (['left', 'right'] as const);
      for (const view of views) {
        shown[view] = marks;
        renewal.rendered(URI, view);
      }
    });
    renewal.rendered(URI, 'left');
    renewal.rendered(URI, 'right');
    marks = 'verified';
    renewal.changed(URI);
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual({ left: 'verified', right: 'verified' });
  });
});

describe('while a new verdict is awaited', () => {
  const claim = (text: string, status: ListedClaim['status'], line: number, section = ''): ListedClaim => ({ uri: URI, text, status, section, layout: 'denominator', range: { start: { line, character: 0 }, end: { line, character: 1 } } });

  test('the one on the same words stays, where they stand now', () => {
    const kept = withVerdictsOf([claim('a = b', 'verified', 3), claim('c = d', 'refuted', 5)], [claim('a = b', 'unchecked', 4), claim('c = e', 'unchecked', 6), claim('a = b', 'unchecked', 9, 'Other')]);
    expect(kept.map(({ status, range }) => [status, range.start.line])).toEqual([['verified', 4], ['unchecked', 6], ['unchecked', 9]]);
  });

  test('while a heading is written, too', () => {
    const kept = withVerdictsOf([claim('a = b', 'verified', 3, 'Squares'), claim('c = d', 'refuted', 5, 'Squares')], [claim('a = b', 'unchecked', 3, 'Squares, and'), claim('c = d', 'unchecked', 5, 'Squares, and')]);
    expect(kept.map(({ status, section }) => [status, section])).toEqual([['verified', 'Squares, and'], ['refuted', 'Squares, and']]);
  });

  test('but not that of another section, where claims came or went', () => {
    const claims = [claim('c = d', 'unchecked', 3, 'One'), claim('a = b', 'unchecked', 5, 'Other')];
    expect(withVerdictsOf([claim('a = b', 'verified', 3, 'One')], claims)).toBe(claims);
  });

  test('and a new one replaces it', () => {
    const claims = [claim('a = b', 'refuted', 3)];
    expect(withVerdictsOf([claim('a = b', 'verified', 3)], claims)).toBe(claims);
  });
});
