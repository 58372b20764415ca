import { Graph, layout } from '@dagrejs/dagre';
import type { GraphReport } from '../protocol/lsp.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Place {
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  /** Where the edge bends, from its beginning to its end. */
  readonly points: readonly Place[];
  readonly label: PlacedNode;
}

/** Where everything of a graph stands; centres of nodes. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const CHARACTER = 7.5;
const NODE_HEIGHT = 46;
const LABEL_HEIGHT = 34;

/** Lays a graph out, what others are made of first: from left to right, or downwards where that is too wide for the room in pixels. */
export function layOut(graph: GraphReport, room: number): GraphLayout {
  const across = layOutAlong('LR', graph);
  if (across.width <= room) return across;
  const down = layOutAlong('TB', graph);
  return down.width < across.width ? down : across;
}

function layOutAlong(rankdir: 'LR' | 'TB', { nodes, edges }: GraphReport): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir, nodesep: 14, ranksep: 30, edgesep: 10, marginx: 8, marginy: 8 });
  nodes.forEach(({ name, shape }, at) => {
    graph.setNode(String(at), { width: 28 + CHARACTER * Math.max(4, bare(name).length, shape.length), height: NODE_HEIGHT });
  });
  edges.forEach(({ from, to, shape }, at) => {
    const jacobian = `∂${bare(nodes[to]?.name ?? '')}/∂${bare(nodes[from]?.name ?? '')}`;
    graph.setEdge(
      String(from),
      String(to),
      { width: CHARACTER * Math.max(shape.length, jacobian.length) + 10, height: LABEL_HEIGHT, labelpos: 'c' },
      String(at),
    );
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const places = nodes.map((_, at) => graph.node(String(at)) as unknown as PlacedNode);
  const bends = edges.map(({ from, to }, at): PlacedEdge => {
    const {
      points = [],
      x = 0,
      y = 0,
      width: w = 0,
      height: h = 0,
    } = graph.edge({ v: String(from), w: String(to), name: String(at) }) as unknown as { points?: Place[] } & Partial<PlacedNode>;
    return { points: points.map((one) => ({ x: one.x, y: one.y })), label: { x, y, width: w, height: h } };
  });
  return { width, height, nodes: places.map(({ x, y, width: w, height: h }) => ({ x, y, width: w, height: h })), edges: bends };
}

/** About what is seen of a name that is written in LaTeX. */
function bare(name: string): string {
  return name.replace(/\\[a-zA-Z]+\s*|[{}]/g, (found) =>
    found.startsWith('\\') && !/^\\(?:math|bold|bm|text|vec|hat|bar|tilde|operatorname)/.test(found) ? 'x' : '',
  );
}
