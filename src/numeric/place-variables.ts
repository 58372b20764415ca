import { type Random, random } from '../base/random.ts';
import type { SymbolId } from '../ops/term.ts';
import type { Look } from '../tensor/look.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Compiler, MANY_ENTRIES, type Variable } from './frame.ts';
import { hashOf } from './hash.ts';
import type { Program } from './program.ts';
import { redraw } from './random-function.ts';
import { drawInto, drawStratified, fillNormal, type Region, regionAt, stretch } from './sample.ts';

/** Where a point lies among those of a claim. */
export interface Turn {
  readonly seed: number;
  /** Counted over all points of the claim. */
  readonly turn: number;
  /** How much further away than usual variables may lie. */
  readonly reach: number;
}

/** Draws all that stands for something at random and is no variable; what is answered draws a variable. */
export function drawer(program: Program, at: Turn): (variable: Variable) => void {
  const source = random(at.seed);
  const { functions, directions, sets } = program.compiler;
  sets.seed = at.seed;
  for (const f of functions.values()) redraw(f, source);
  for (const { tensor } of directions.values()) drawDirection(tensor, program, at.seed, source);
  return (variable) => drawAt(program, variable, at, source);
}

/** Draws a variable for a point, from a stream that others draw from too. */
export function drawAt(program: Program, variable: Variable, { seed, turn, reach }: Turn, source: Random): void {
  const region = program.regions.get(variable.info.id) ?? 'normal';
  const { data } = variable.slot.tensor;
  const { look } = program.compiler.meter;
  if (data.length >= MANY_ENTRIES) drawOnce(variable, region, seed ^ streamOf(program, variable), seed, look);
  else if (isPlainNumber(variable, region)) drawStratified(data, turn, hashOf(variable.info.text), source);
  else drawVariable(variable, region, source, look);
  if (reach === 1) return;
  const isAlone = program.compiler.variables.size === 1;
  stretch(data, variable.info.properties, region, isAlone || reach < 1 ? reach : ownReach(reach, source));
  variable.drawn = null;
}

/** Of points further away some variables are large, some small and some as usual, so that each can outweigh the others. */
function ownReach(reach: number, { uniform }: Random): number {
  const chance = uniform();
  return chance < 0.5 ? reach : chance < 0.75 ? 1 : 1 / Math.min(reach, 10);
}

/** One number of which nothing is known. */
function isPlainNumber({ info: { properties }, slot: { tensor } }: Variable, region: Region): boolean {
  return tensor.data.length === 1 && properties.length === 0 && region === 'normal';
}

/** A large variable comes from a stream of its own, so that it is the same in all claims at one seed. */
function drawOnce(variable: Variable, region: Region, stream: number, seed: number, look: Look): void {
  const drawn = `${seed}:${region}`;
  if (variable.drawn === drawn) return;
  variable.drawn = null;
  drawVariable(variable, region, random(stream), look);
  variable.drawn = drawn;
}

/** By name, so that an edit elsewhere moves no point; the second variable of a name has another stream. */
function streamOf({ compiler: { variables } }: Program, { info }: Variable): number {
  const namesakes = [...variables.values()].filter((other) => other.info.text === info.text);
  return hashOf(`${info.text} ${namesakes.findIndex((other) => other.info.id === info.id)}`);
}

/**
 * A direction at random, or where directions stand for all entries every second time that of a single
 * entry. Of a large variable it is short, as many small moves together move the function far.
 */
function drawDirection({ data, rows, cols }: Tensor, { method, compiler: { meter } }: Program, seed: number, random: Random): void {
  const isSingle = method === 'directions' && seed % 2 === 0;
  const length = method === 'directions' ? 1 / Math.sqrt(Math.max(rows, cols)) : 1;
  if (isSingle) data.fill(0);
  else fillNormal(data, random, meter.look);
  if (isSingle) data[Math.floor(random.uniform() * data.length)] = 1;
  else for (let k = 0; k < data.length; k++) data[k] = length * (data[k] as number);
}

/** Each member of a family is drawn for itself. */
function drawVariable(
  {
    info,
    slot: {
      tensor: { data, rows, cols },
    },
    members,
  }: Variable,
  region: Region,
  source: Random,
  look: Look,
): void {
  const size = { rows: rows / members, cols };
  const each = size.rows * cols;
  for (let at = 0; at < data.length; at += each) drawInto(data.subarray(at, at + each), size, info.properties, region, source, look);
}

/** Lets every variable without declared properties come from another region, chosen at random. */
export function chooseRegions({ compiler: { variables }, regions }: Program, seed: number): void {
  const { uniform } = random(seed);
  for (const { info, slot } of variables.values()) regions.set(info.id, regionAt(uniform(), slot.tensor.data.length));
}

/** No region for any variable: all of them are drawn from everywhere. */
export const EVERYWHERE: Program['regions'] = new Map();

/** Lets variables come from where they once came from; those that are not named, from everywhere. */
export function restoreRegions({ regions }: Program, earlier: ReadonlyMap<SymbolId, Region>): void {
  regions.clear();
  for (const [id, region] of earlier) regions.set(id, region);
}
/** Puts a program where another one is: its variables, the functions left open, directions and sets; false where it has more than that one. */
export function copyPoint({ variables, functions, directions, sets }: Compiler, to: Compiler): boolean {
  to.sets.seed = sets.seed;
  const pairs = [
    ...[...to.variables].map(([id, { slot }]) => [variables.get(id)?.slot.tensor.data, slot.tensor.data]),
    ...[...to.functions].map(([id, { coefficients }]) => [functions.get(id)?.coefficients, coefficients]),
    ...[...to.directions].map(([id, { tensor }]) => [directions.get(id)?.tensor.data, tensor.data]),
  ] as const;
  for (const [from, into] of pairs) if (from !== into && from?.length === into?.length) into?.set(from as Float64Array);
  for (const [id, variable] of to.variables) variable.drawn = variables.get(id)?.drawn ?? null;
  return pairs.every(([from, into]) => from?.length === into?.length);
}
