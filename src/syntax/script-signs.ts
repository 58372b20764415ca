/** Characters that are written raised or lowered, and what they are on the line: `²`, `ᵀ`, `ⁿ`; `₁`, `ᵢ`. */
function pairs(signs: string): ReadonlyMap<string, string> {
  const all = [...signs];
  return new Map(all.flatMap((sign, at) => (at % 2 === 0 ? [[sign, all[at + 1] as string] as const] : [])));
}

export const RAISED: ReadonlyMap<string, string> = pairs(
  '⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁽(⁾)ᵀTᴴHᴺNᴹMᴰDᴷKᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡlᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻz',
);

export const LOWERED: ReadonlyMap<string, string> = pairs('₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-₍(₎)ₐaₑeₒoₓxₕhₖkₗlₘmₙnₚpₛsₜtᵢiᵣrᵤuᵥvⱼj');

/** One part of a raised or lowered run: a number, a letter, a sign. */
export interface ScriptPart {
  readonly kind: 'number' | 'name' | 'operator' | 'open' | 'close';
  readonly text: string;
}

/** What a run of raised, or of lowered, characters says; between two letters a raised x is the × of a shape, `ℝᵐˣⁿ`. */
export function scriptParts(run: string, signs: ReadonlyMap<string, string>): readonly ScriptPart[] {
  const written = [...run].map((sign) => signs.get(sign) as string).join('');
  const parts = written.replace(/(?<=[a-zA-Z0-9])x(?=[a-zA-Z0-9])/g, '×').match(/\d+|\D/g) ?? [];
  return parts.map((text) => ({ kind: kindOf(text), text }));
}

function kindOf(text: string): ScriptPart['kind'] {
  if (/\d/.test(text)) return 'number';
  if (text === '(') return 'open';
  if (text === ')') return 'close';
  return /[-+×]/.test(text) ? 'operator' : 'name';
}
