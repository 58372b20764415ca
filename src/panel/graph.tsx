import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Say, told } from '../base/say.ts';
import type { GraphNodeReport, GraphReport } from '../protocol/lsp.ts';
import { Formula } from './formula.tsx';
import type { GraphLayout, Place, PlacedEdge, PlacedNode } from './graph-layout.ts';
import { nameLatex } from './name-latex.ts';
import { useSay } from './say.ts';
import type { Answer } from './view.ts';

interface GraphProps {
  /** Null until the answer is there. */
  readonly answer: Answer<'graph'> | null;
  readonly onReveal: (node: GraphNodeReport) => void;
}

/** What depends on what in the section: variables, local Jacobians between them, and the paths of the chain rule. */
export function DependencyGraph({ answer, onReveal }: GraphProps): JSX.Element {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const graph = answer?.graph ?? null;
  const drawn = useDrawn(graph, useRoom(frame));
  const isEmpty = answer !== null && (graph === null || graph.nodes.length === 0);
  return (
    <div ref={frame}>
      {isEmpty && <p class="quiet">{say('The section defines nothing that this claim rests on.')}</p>}
      {!isEmpty && (graph === null || drawn === null) && (
        <p class="quiet" role="status">
          {say('The graph is drawn…')}
        </p>
      )}
      {!isEmpty && graph !== null && drawn !== null && <Drawn drawn={drawn} onReveal={onReveal} />}
    </div>
  );
}

/** A graph with the places of all that is in it. */
interface DrawnGraph {
  readonly graph: GraphReport;
  readonly layout: GraphLayout;
}

function Drawn({ drawn: { graph, layout }, onReveal }: { readonly drawn: DrawnGraph } & Pick<GraphProps, 'onReveal'>): JSX.Element {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const variable = graph.nodes.findIndex(({ role }) => role === 'variable');
  // A long graph is seen where the claim is about it. Drawn anew for the same variable, it stays where the reader scrolled to.
  useLayoutEffect(() => showPlace(frame.current, layout.nodes[variable]), [graph.nodes[variable]?.name]);
  return (
    <>
      <div
        ref={frame}
        class="graph"
        tabIndex={0}
        role="group"
        aria-label={say('Variables, from those that are given to those that are made of them')}
      >
        <Drawing graph={graph} layout={layout} onReveal={onReveal} />
      </div>
      <p class="quiet">
        {say('Arrows carry the local Jacobians and their shapes; thick ones are paths of the chain rule.')}
        {graph.omitted > 0 ? ` ${say('{0} more variables of the section are not drawn.', graph.omitted)}` : ''}
      </p>
      <ul class="sr-only">
        {graph.edges.map((edge, at) => (
          <li key={at}>{edgeWords(say, graph, at)}</li>
        ))}
      </ul>
    </>
  );
}

/** Scrolls a frame, and nothing around it, until a node is in its middle. */
function showPlace(frame: HTMLElement | null, node: PlacedNode | undefined): void {
  if (frame !== null && node !== undefined) frame.scrollTo(node.x - frame.clientWidth / 2, node.y - frame.clientHeight / 2);
}

function edgeWords(say: Say, { nodes, edges }: GraphReport, at: number): string {
  const { from = 0, to = 0, shape = '', isOnPath = false } = edges[at] ?? {};
  const words = say('{0} is made of {1}; the local Jacobian is {2}', nodes[to]?.name ?? '', nodes[from]?.name ?? '', shape);
  return isOnPath ? `${words}; ${say('on a path of the chain rule')}` : words;
}

/** The library that lays out comes when the first graph does. What was drawn stays until the next graph is, so that nothing flickers. */
function useDrawn(graph: GraphReport | null, room: number): DrawnGraph | null {
  const [drawn, setDrawn] = useState<DrawnGraph | null>(null);
  useEffect(() => {
    let isGone = false;
    if (graph !== null && room > 0)
      void import('./graph-layout.ts').then(({ layOut }) => {
        if (!isGone) setDrawn({ graph, layout: layOut(graph, room) });
      });
    return () => {
      isGone = true;
    };
  }, [graph, room]);
  return drawn;
}

/** Pixels by which a room may change before it counts as another one. */
const ROOM_STEP = 40;

/** The width of an element, roughly; 0 until it is known. */
function useRoom(element: { readonly current: HTMLElement | null }): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const measure = () => setRoom(Math.floor(target.clientWidth / ROOM_STEP) * ROOM_STEP);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(target);
    return () => resized.disconnect();
  }, []);
  return room;
}

function Drawing({
  graph,
  layout,
  onReveal,
}: { readonly graph: GraphReport; readonly layout: GraphLayout } & Pick<GraphProps, 'onReveal'>): JSX.Element {
  // Paths are drawn last, so that they lie above what they cross.
  const order = graph.edges.map((_, at) => at).sort((a, b) => Number(graph.edges[a]?.isOnPath) - Number(graph.edges[b]?.isOnPath));
  return (
    <svg class="graph-drawing" width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`}>
      <defs>
        <marker
          id="arrow"
          class="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8z" />
        </marker>
        <marker
          id="arrow-path"
          class="arrow arrow-path"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="10"
          markerHeight="10"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {order.map((at) => (
        <Edge key={at} graph={graph} at={at} place={layout.edges[at] as PlacedEdge} />
      ))}
      {graph.nodes.map((node, at) => (
        <Node key={at} node={node} place={layout.nodes[at] as PlacedNode} onReveal={() => onReveal(node)} />
      ))}
    </svg>
  );
}

function latexOf(node: GraphNodeReport | undefined): string {
  return node === undefined ? '' : (node.latex ?? nameLatex(node.name));
}

/** An arrow with its local Jacobian and the shape of that. */
function Edge({
  graph: { nodes, edges },
  at,
  place: { points, label },
}: {
  readonly graph: GraphReport;
  readonly at: number;
  readonly place: PlacedEdge;
}): JSX.Element {
  const { from = 0, to = 0, shape = '', isOnPath = false } = edges[at] ?? {};
  const [of, by] = [nodes[to]?.name ?? '', nodes[from]?.name ?? ''];
  return (
    <g class={isOnPath ? 'edge edge-path' : 'edge'} aria-hidden="true">
      <path d={smooth(points)} marker-end={`url(#${isOnPath ? 'arrow-path' : 'arrow'})`} />
      <foreignObject x={label.x - label.width / 2} y={label.y - label.height / 2} width={label.width} height={label.height}>
        <span class="edge-label">
          <Formula latex={`\\partial ${latexOf(nodes[to])}/\\partial ${latexOf(nodes[from])}`} fallback={`∂${of}/∂${by}`} />
          <span>{shape}</span>
        </span>
      </foreignObject>
    </g>
  );
}

/** A curve through the middles between bends, straight at both ends. */
function smooth(points: readonly Place[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return '';
  const bends = rest.map((point, at) => {
    const next = rest[at + 1] ?? last;
    const end = at === rest.length - 1 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x} ${point.y} ${end.x} ${end.y}`;
  });
  return `M${first.x} ${first.y}${bends.length === 0 ? `L${last.x} ${last.y}` : bends.join('')}`;
}

const ROLE_WORDS: Readonly<Record<GraphNodeReport['role'], string>> = {
  function: told('differentiated'),
  variable: told('the variable'),
  other: '',
};

/** What a node is called: its name, its shape, its part in the claim, and what a click on it does. */
function nodeWords(say: Say, { name, shape, role, isDefined }: GraphNodeReport): string {
  const known = [name, shape, say(ROLE_WORDS[role])].filter((one) => one !== '').join(', ');
  return isDefined ? say('{0}; show its definition', known) : say('{0}; show its declaration', known);
}

function Node({
  node,
  place: { x, y, width, height },
  onReveal,
}: {
  readonly node: GraphNodeReport;
  readonly place: PlacedNode;
  readonly onReveal: () => void;
}): JSX.Element {
  const { name, shape, role, isDefined } = node;
  const words = nodeWords(useSay(), node);
  return (
    <foreignObject x={x - width / 2} y={y - height / 2} width={width} height={height}>
      <button type="button" class={`node node-${role}${isDefined ? '' : ' node-given'}`} title={words} onClick={onReveal}>
        <span class="sr-only">{words}</span>
        <span aria-hidden="true">
          <Formula latex={latexOf(node)} fallback={name} />
        </span>
        <span class="node-shape" aria-hidden="true">
          {shape}
        </span>
      </button>
    </foreignObject>
  );
}
