import type { Raw } from './tex-tokens.ts';

/** A doubled backslash before one of these is the escape of a Markdown that eats one of the two. */
const SPACES = /^[,;!]$/;

/**
 * Jekyll, Hexo and their like need `\\|x\\|`, `\\{ … \\}`, `a\\,b` where TeX has `\|x\|`, `\{ … \}`,
 * `a\,b`. Bars and braces are undone where they come in pairs; else `\\` ends a row.
 */
export function withoutDoubledEscapes(raws: readonly Raw[]): readonly Raw[] {
  if (!raws.some((raw, at) => raw.text === '\\\\' && joins(raws, at))) return raws;
  const bars = count(raws, '|') % 2 === 0;
  const braces = count(raws, '{') === count(raws, '}');
  const undone = (next: string) => SPACES.test(next) || (next === '|' ? bars : braces);
  const result: Raw[] = [];
  for (let at = 0; at < raws.length; at++) {
    const raw = raws[at] as Raw;
    const next = raws[at + 1];
    if (raw.text === '\\\\' && next !== undefined && joins(raws, at) && undone(next.text)) {
      result.push({ text: `\\${next.text}`, start: raw.start, end: next.end });
      at++;
    } else result.push(raw);
  }
  return result;
}

/** Whether what follows the backslashes stands right behind them and may be escaped. */
function joins(raws: readonly Raw[], at: number): boolean {
  const next = raws[at + 1];
  return next !== undefined && next.start === raws[at]?.end && /^[|{},;!]$/.test(next.text);
}

function count(raws: readonly Raw[], escaped: string): number {
  return raws.filter((raw, at) => raw.text === '\\\\' && joins(raws, at) && raws[at + 1]?.text === escaped).length;
}
