/** A fenced `deriv` block of a lecture, with the heading and the line it stands under. */
export interface Block {
  readonly heading: string;
  readonly name: string;
  readonly text: string;
}

/** The fenced `deriv` blocks of a lecture, in order. */
export function blocksOf(lecture: string): readonly Block[] {
  const blocks: Block[] = [];
  let heading = '';
  const lines = lecture.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.startsWith('#')) heading = line.replace(/^#+\s*/, '');
    if (line !== '```deriv') continue;
    const end = lines.indexOf('```', at);
    blocks.push({ heading, name: `${heading}, line ${at + 2}`, text: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return blocks;
}
