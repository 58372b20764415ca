import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { GraphNodeReport, GraphReport } from '../protocol/lsp.ts';
import { Formula } from './formula.tsx';
import type { GraphLayout, Place, PlacedEdge, PlacedNode } from './graph-layout.ts';
import type { Answer } from './view.ts';

interface GraphProps {
  /** Null until the answer is there. */
  readonly answer: Answer<'graph'> | null;
  readonly onReveal: (node: GraphNodeReport) => void;
}

/** What depends on what in the section: variables, local Jacobians between them, and the paths of the chain rule. */
export function DependencyGraph({ answer, onReveal }: GraphProps): JSX.Element {
  const graph = answer?.graph ?? null;
  const layout = useLayout(graph);
  if (answer !== null && (graph === null || graph.nodes.length === 0))
    return <p class="quiet">The section defines nothing that this claim rests on.</p>;
  if (graph === null || layout === null)
    return (
      <p class="quiet" role="status">
        The graph is drawn…
      </p>
    );
  return (
    <>
      <div class="graph" tabIndex={0} role="group" aria-label="Variables, from those that are given to those that are made of them">
        <Drawing graph={graph} layout={layout} onReveal={onReveal} />
      </div>
      <p class="quiet">
        Arrows carry the local Jacobians and their shapes; thick ones are paths of the chain rule.
        {graph.omitted > 0 ? ` ${graph.omitted} more variables of the section are not drawn.` : ''}
      </p>
      <ul class="sr-only">
        {graph.edges.map((edge, at) => (
          <li key={at}>{edgeWords(graph, at)}</li>
        ))}
      </ul>
    </>
  );
}

function edgeWords({ nodes, edges }: GraphReport, at: number): string {
  const { from = 0, to = 0, shape = '', isOnPath = false } = edges[at] ?? {};
  return `${nodes[to]?.name} is made of ${nodes[from]?.name}; the local Jacobian is ${shape}${isOnPath ? '; on a path of the chain rule' : ''}`;
}

/** The library that lays out comes when the first graph does. A graph that was laid out stays until the next one is. */
function useLayout(graph: GraphReport | null): GraphLayout | null {
  const [done, setDone] = useState<{ readonly graph: GraphReport; readonly layout: GraphLayout } | null>(null);
  useEffect(() => {
    let isGone = false;
    if (graph !== null)
      void import('./graph-layout.ts').then(({ layOut }) => {
        if (!isGone) setDone({ graph, layout: layOut(graph) });
      });
    return () => {
      isGone = true;
    };
  }, [graph]);
  return done !== null && done.graph === graph ? done.layout : null;
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
          <Formula latex={`\\partial ${latexOf(of)}/\\partial ${latexOf(by)}`} fallback={`∂${of}/∂${by}`} />
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
  function: ', differentiated',
  variable: ', the variable',
  other: '',
};

function Node({
  node: { name, shape, role, isDefined },
  place: { x, y, width, height },
  onReveal,
}: {
  readonly node: GraphNodeReport;
  readonly place: PlacedNode;
  readonly onReveal: () => void;
}): JSX.Element {
  const words = `${name}, ${shape}${ROLE_WORDS[role]}; show its ${isDefined ? 'definition' : 'declaration'}`;
  return (
    <foreignObject x={x - width / 2} y={y - height / 2} width={width} height={height}>
      <button type="button" class={`node node-${role}${isDefined ? '' : ' node-given'}`} title={words} onClick={onReveal}>
        <span class="sr-only">{words}</span>
        <span aria-hidden="true">
          <Formula latex={latexOf(name)} fallback={name} />
        </span>
        <span class="node-shape" aria-hidden="true">
          {shape}
        </span>
      </button>
    </foreignObject>
  );
}

/** A plain name as LaTeX: `W_1` has an index, a word stands upright. */
function latexOf(name: string): string {
  if (name.includes('\\')) return name;
  const [base = '', ...below] = name.split('_');
  const word = [...base].length > 1 ? `\\mathrm{${base}}` : base;
  return word + below.map((part) => `_{${part.replace(/[{}]/g, '')}}`).join('');
}
