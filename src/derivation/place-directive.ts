import type { Span } from '../base/span.ts';
import type { DirectiveStatement } from '../syntax/ast.ts';
import type { Walk } from './collected.ts';
import type { Settings } from './derivation.ts';
import type { SectionDraft } from './scope.ts';

/** What a directive sets, from here to the end of its section. */
export function placeDirective(walk: Walk, { name, args, span }: DirectiveStatement): void {
  const [first = '', second = ''] = args;
  const set = (change: Partial<Settings>) => {
    const section = walk.scope.sections[walk.section] as SectionDraft;
    section.settings = { ...section.settings, ...change };
  };
  switch (name) {
    case 'layout':
      return setLayout(walk, first as Settings['layout'], span);
    case 'verify':
      return set({ verify: first === 'on' });
    case 'broadcast':
      return set({ broadcast: first === 'on' });
    case 'tolerance':
      return set({ tolerance: Number(first) });
    case 'seed':
      return set({ seed: Number(first) });
    case 'size':
      return setSize(walk, first, Number(second));
    case 'convention':
      return set({ boldConvention: first === 'bold' });
    case 'identity':
      walk.identity = true;
      return;
    case 'expect':
      return;
    case 'off':
      if (first === '') walk.offSince = span.end;
      else walk.switchedOff = [...walk.switchedOff, { code: first, from: span.end, section: walk.section }];
      return;
    case 'on':
      if (first !== '') return switchOn(walk, first, span.start);
      if (walk.offSince !== null) walk.ignored.push({ start: walk.offSince, end: span.start });
      walk.offSince = null;
      return;
    case 'ignore':
      if (first === 'file') walk.offSince = 0;
      else if (first === '') walk.ignoreBlock = true;
      return;
  }
}

/** What one section says holds in those below it, and is what those behind it are taken to mean where their shapes leave it open. */
function setLayout({ scope, section: at }: Walk, layout: Settings['layout'], span: Span): void {
  const section = scope.sections[at] as SectionDraft;
  section.settings = { ...section.settings, layout, layoutSpan: layout === 'auto' ? null : span, layoutAbove: null };
  if (layout === 'auto') scope.layouts.clear();
  else scope.layouts.add(layout);
}

/** Ends what `off CODE` began. */
function switchOn(walk: Walk, code: string, at: number): void {
  for (const { from } of walk.switchedOff.filter((one) => one.code === code))
    walk.silenced.push({ code, within: { start: from, end: at } });
  walk.switchedOff = walk.switchedOff.filter((one) => one.code !== code);
}

function setSize(walk: Walk, dimension: string, size: number): void {
  const section = walk.scope.sections[walk.section] as SectionDraft;
  section.settings = { ...section.settings, sizes: new Map([...section.settings.sizes, [dimension, size]]) };
}
