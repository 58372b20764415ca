import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionItem, DocumentHighlight, Hover, Location, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { ABBREVIATIONS } from '../../src/ide/abbreviations.ts';
import { lexPlain } from '../../src/syntax/lex-plain.ts';
import { marked, opener } from './marked.ts';

const { open: at, closeAll } = opener();

afterEach(closeAll);

describe('hover', () => {
  const markdown = async (text: string, ending?: string) => {
    const { client, place } = await at(text, ending);
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', place);
    return (hover?.contents as { readonly value: string } | undefined)?.value;
  };

  it('points at the innermost expression', async () => {
    expect(await markdown("x : n\nM : m×n\ny = M' (|M x)\n")).toMatch(/^`M` : \*\*m×n\*\*\n\n- `M` is m×n, declared by `M : m×n`$/);
    expect(await markdown("x : n\nM : m×n\ny = M|' (M x)\n")).toMatch(/^`M'` : \*\*n×m\*\*/);
  });

  it('says where dimensions come from, of the section it stands in', async () => {
    expect(await markdown('# A\nx : n\n# B\nx : k\ny = |x + x\n')).toMatch(/- `x` is k×1, declared by `x : k`/);
  });

  it('says what a function is', async () => {
    expect(await markdown('z : n\na = sof|tmax(z)\n')).toMatch(/`softmax\(z\)` : \*\*n×1\*\*\n\n\S.*\.\n\n- `z` is n×1/);
  });

  it('tells of names where they are declared', async () => {
    expect(await markdown('S|, A : n×n symmetric\n')).toBe('`S` : **n×n**\n\nsymmetric');
  });

  it('says which layout a derivative is read in, and why', async () => {
    expect(await markdown("layout numerator\nx : n\nc : n\nz = c' x\ndz|/dx = c'\n")).toContain('Read in numerator layout (gradient as row): set by a layout directive.');
  });

  it('reads LaTeX', async () => {
    expect(await markdown('$x \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{m\\times n}$: $$y = \\mathbf|{A} x$$\n', 'md')).toMatch(/m×n/);
  });
});

describe('a hover with something selected', () => {
  /** `[` and `]` mark what is selected, `|` where the pointer is. */
  const heading = async (marks: string) => {
    const plain = marks.replace(/[⟦⟧]/g, '');
    const { client, place } = await at(plain);
    const line = (marks.split('\n')[place.position.line] as string).replace('|', '');
    const [start, end] = [line.indexOf('⟦'), line.indexOf('⟧') - 1];
    const selection = { start: { line: place.position.line, character: start }, end: { line: place.position.line, character: end } };
    const found = await client.connection.sendRequest<Hover | null>('textDocument/hover', { ...place, selection });
    return (found?.contents as { readonly value: string } | undefined)?.value.split('\n')[0];
  };

  it.each([
    ["y = x' ⟦(M' |M)⟧ x", "`(M' M)` : **n×n**"],
    ["y = x' (M' M) ⟦|x⟧", '`x` : **n×1**'],
    ["y = ⟦x' (|M' M) x⟧", "`x' (M' M) x` : **1×1**"],
    ["y = x' ⟦(M'| M) x ⟧", "`(M' M) x` : **n×1**"],
    ["y = ⟦x'⟧ (M' |M) x", '`M` : **m×n**'],
    ["y = ⟦|x'⟧ (M' M) x", "`x'` : **1×n**"],
    ["y = ⟦x'|⟧ (M' M) x", "`x'` : **1×n**"],
    ["y = x' (⟦M'|⟧ M) x", "`M'` : **n×m**"],
  ])('tells of the expression around it: %s', async (line, expected) => {
    expect(await heading(`x : n\nM : m×n\n${line}\n`)).toBe(expected);
  });
});

describe('the formula of a hover', () => {
  const formula = async (text: string, ending?: string) => {
    const { client, place } = await at(text, ending, { initializationOptions: { formulas: true } });
    const found = await client.connection.sendRequest<Hover | null>('textDocument/hover', place);
    return /^```latex\n(.*)\n```\n\n`/.exec((found?.contents as { readonly value: string } | undefined)?.value ?? '')?.[1];
  };

  it.each([
    ['what is pointed at', "x : n\nM : m×n\ns = M|' (M x)\n", 'deriv', 'M^\\top'],
    ['the definition of a symbol', "x : n\nM : m×n\ny = M x\nz = |y\n", 'deriv', 'y = M x'],
    ['a claim, when its derivative is pointed at', "x : n\nc : n\nz = c' x\n|dz/dx = c\n", 'deriv', '\\frac{\\partial z}{\\partial x} = c'],
    ['steps below one another', "x : n\nz = x' x\n|dz/dx = x + x = 2 x\n", 'deriv', '\\begin{aligned} \\frac{\\partial z}{\\partial x} &= x + x \\\\  &= 2 x \\end{aligned}'],
    ['what LaTeX says, without macros', '$$\\newcommand{\\vx}{\\mathbf{x}}\\newcommand{\\T}[1]{#1^\\top}$$\n$\\vx \\in \\mathbb{R}^n$: $$|s = \\T{\\vx} \\, \\vx$$\n', 'md', 's = \\mathbf{x}^\\top \\, \\mathbf{x}'],
  ])('is %s', async (_, text, ending, expected) => {
    expect(await formula(text, ending)).toBe(expected);
  });

  it('is none for a client that does not draw it, and a client without Markdown gets none', async () => {
    const capabilities = { textDocument: { hover: { contentFormat: ['plaintext' as const] } } };
    const { client, place } = await at('x : n\ny = |x\n', 'deriv', { capabilities, initializationOptions: { formulas: true } });
    const found = await client.connection.sendRequest<Hover>('textDocument/hover', place);
    expect(found.contents).toEqual({ kind: 'plaintext', value: 'x : n×1\n\n- x is n×1, declared by x : n' });
  });
});

describe('a symbol', () => {
  const TEXT = '# One\nx : n\nM : m×n\nL(|y) : scalar\ny = M x\ndL/dx = dy/dx dL/dy\n# Another\ny = x\n';

  it('is found wherever it stands, in its own scope', async () => {
    const { client, place, text } = await at(TEXT);
    const found = await client.connection.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: true } });
    expect(marked(text, found.map(({ range }) => range))).toBe('# One\nx : n\nM : m×n\nL(«y») : scalar\n«y» = M x\ndL/dx = d«y»/dx dL/d«y»\n# Another\ny = x\n');
    const highlighted = await client.connection.sendRequest<DocumentHighlight[]>('textDocument/documentHighlight', place);
    expect(highlighted.length).toBe(4);
  });

  it('leads to its declaration and its definition', async () => {
    const { client, place, text } = await at('y : m\nx : n\nM : m×n\ny = M x\nz = |y\n');
    const found = await client.connection.sendRequest<Location[]>('textDocument/definition', place);
    expect(marked(text, found.map(({ range }) => range))).toBe('«y» : m\nx : n\nM : m×n\n«y» = M x\nz = y\n');
  });

  it.each([
    ['an index with its sum', 'x : n\ns = Σ_i x_|i x_i + Σ_i x_i\n', 'x : n\ns = Σ_«i» x_«i» x_«i» + Σ_i x_i\n', 'deriv'],
    ['a parameter of a function', 'f(u) = 2 |u\ng(v) = v\n', 'f(«u») = 2 «u»\ng(v) = v\n', 'deriv'],
    ['a function', 'x : n\nf(u) = 2 u\ny = |f(x)\n', 'x : n\n«f»(u) = 2 u\ny = «f»(x)\n', 'deriv'],
    ['LaTeX in all its dress', '<!-- chainrule: \\hat x : n -->\n$$y = |\\hat{x} + \\hat x$$', '<!-- chainrule: «\\hat x» : n -->\n$$y = «\\hat{x}» + «\\hat x»$$', 'md'],
  ])('may be %s', async (_, text, expected, ending) => {
    const opened = await at(text, ending);
    const found = await opened.client.connection.sendRequest<Location[]>('textDocument/references', { ...opened.place, context: { includeDeclaration: true } });
    expect(marked(opened.text, found.map(({ range }) => range))).toBe(expected);
  });
});

describe('a dimension', () => {
  const TEXT = 'x : |n\nM : m×n\nn = 784\nsize m = 3\nL(x) : scalar\ny = M x / n\n1×n = 1×n\n';

  it('is found in shapes, sizes and numbers', async () => {
    const { client, place, text } = await at(TEXT);
    const found = await client.connection.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: true } });
    expect(marked(text, found.map(({ range }) => range))).toBe('x : «n»\nM : m×«n»\n«n» = 784\nsize m = 3\nL(x) : scalar\ny = M x / «n»\n1×«n» = 1×«n»\n');
  });

  it('leads from a use to where it stands first', async () => {
    const { client, place, text } = await at('x : n\nM : m×n\nsize |m = 3\n');
    const found = await client.connection.sendRequest<Location[]>('textDocument/definition', place);
    expect(marked(text, found.map(({ range }) => range))).toBe('x : n\nM : «m»×n\nsize m = 3\n');
  });

  it('tells what has it', async () => {
    const { client, place } = await at(TEXT);
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', place);
    expect((hover.contents as { readonly value: string }).value).toBe('`n` : **dimension**\n\n784 in the numeric check\n\n- `x` is n×1\n- `M` is m×n');
  });

  it('is told from a symbol of the same letter', async () => {
    const { client, place, text } = await at('d : |d\ny = d\n');
    const found = await client.connection.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: true } });
    expect(marked(text, found.map(({ range }) => range))).toBe('d : «d»\ny = d\n');
  });

  it('is found in prose and formulas, and not where a macro says it', async () => {
    const { client, place, text } = await at('\\newcommand{\\Rn}{\\mathbb{R}^n}\n\n$A \\in \\mathbb{R}^{m \\times |n}$, $y \\in \\Rn$ and an $m \\times n$ matrix $B$: $$\\underbrace{A}_{m \\times n} y$$\n', 'md');
    const found = await client.connection.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: true } });
    expect(marked(text, found.map(({ range }) => range)).replaceAll('\\', '/')).toBe('/newcommand{/Rn}{/mathbb{R}^n}\n\n$A /in /mathbb{R}^{m /times «n»}$, $y /in /Rn$ and an $m /times «n»$ matrix $B$: $$/underbrace{A}_{m /times «n»} y$$\n');
  });
});

describe('renaming', () => {
  const renamed = async (text: string, newName: string, ending?: string) => {
    const { client, place, uri, text: before } = await at(text, ending);
    const edit = await client.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { ...place, newName });
    const edits = [...(edit.changes?.[uri] ?? [])].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
    const lines = before.split('\n');
    for (const { range, newText } of edits) {
      const line = lines[range.start.line] as string;
      lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
    }
    return lines.join('\n');
  };

  it('changes every place of the symbol and no other', async () => {
    expect(await renamed('# A\nx : n\nM : m×n\nL(y) : scalar\n|y = M x\ndL/dx = dy/dx dL/dy\n# B\ny = x\n', 'h')).toBe('# A\nx : n\nM : m×n\nL(h) : scalar\nh = M x\ndL/dx = dh/dx dL/dh\n# B\ny = x\n');
  });

  it('changes a dimension wherever it stands', async () => {
    expect(await renamed('x : n\nM : m×|n\ny = M x / n\nm×1 = m×n n×1\n', 'k')).toBe('x : k\nM : m×k\ny = M x / k\nm×1 = m×k k×1\n');
  });

  it.each([
    ['spells a word as each notation does', '<!-- chainrule: mu : n; x : n -->\n$$y = |\\mu + x$$\n', 'theta', '<!-- chainrule: theta : n; x : n -->\n$$y = \\theta + x$$\n', 'md'],
    ['sets a word of LaTeX upright', '$x \\in \\mathbb{R}^n$ $$L = |x^\\top x$$\n', 'weights', '$\\mathrm{weights} \\in \\mathbb{R}^n$ $$L = \\mathrm{weights}^\\top \\mathrm{weights}$$\n', 'md'],
    ['reaches every spelling', 'mu : n\ny = |μ + \\mu + mu\n', 'w', 'w : n\ny = w + w + w\n', 'deriv'],
    ['leaves the members of a family members', '$x_i \\in \\mathbb{R}^d$ $$s = \\sum_{i=1}^N |x_i^\\top x_i$$\n', 'z', '$z_i \\in \\mathbb{R}^d$ $$s = \\sum_{i=1}^N z_i^\\top z_i$$\n', 'md'],
    ['reaches what a function is applied to', "x : n\nf(x) = x' x\ny = f(|x)\n", 'w', "w : n\nf(w) = w' w\ny = f(w)\n", 'deriv'],
    ['takes the place of a macro', '\\newcommand{\\vx}{\\mathbf{x}}\n$\\vx \\in \\mathbb{R}^n$ $$y = |\\vx + \\mathbf{x}$$\n', '\\mathbf{w}', '\\newcommand{\\vx}{\\mathbf{x}}\n$\\mathbf{w} \\in \\mathbb{R}^n$ $$y = \\mathbf{w} + \\mathbf{w}$$\n', 'tex'],
  ])('%s', async (_, text, name, expected, ending) => {
    expect(await renamed(text, name, ending)).toBe(expected);
  });

  it('keeps letters of LaTeX apart', async () => {
    expect(await renamed('$x, b \\in \\mathbb{R}^n$ $$y = |xb^\\top$$\n', '\\mu', 'md')).toBe('$\\mu, b \\in \\mathbb{R}^n$ $$y = \\mu b^\\top$$\n');
  });

  it.each([
    ['a name that is taken', 'x : n\nc : n\ny = |x + c\n', 'c', /`c` is another symbol here already\./],
    ['a dimension that is taken', 'x : |n\nM : m×n\n', 'm', /`m` is another symbol here already\./],
    ['what is no name', 'x : n\ny = |x\n', '2 x', /`2 x` is not a name/],
    ['what would be read as something else', 'x : n\ny = |x\n', 'ignore', /`ignore` would be read differently here\./],
  ])('is refused for %s', async (_, text, name, reason) => {
    await expect(renamed(text, name)).rejects.toThrow(reason);
  });
});

describe('completion', () => {
  const labels = async (text: string, ending?: string) => {
    const { client, place } = await at(text, ending);
    const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
    return items.map(({ label, detail }) => `${label}${detail ? ` ${detail}` : ''}`);
  };

  it('offers the symbols above with their shapes, and functions', async () => {
    const found = await labels('x : n\nM : m×n\ny = |\nlater : k\n');
    expect(found.slice(0, 2)).toEqual(['x n×1', 'M m×n']);
    expect(found).toContain('softmax function');
    expect(found.join()).not.toContain('later');
  });

  it('offers directives where a statement begins, and their values', async () => {
    expect(await labels('la|\n')).toContain('layout how derivatives are laid out in this section');
    expect(await labels('layout |\n')).toEqual(['denominator', 'numerator', 'mixed', 'auto']);
    expect(await labels('<!-- chainrule: x : n; layout n| -->\n', 'md')).toEqual(['denominator', 'numerator', 'mixed', 'auto']);
  });

  it('offers symbols in mathematics and nothing in prose', async () => {
    expect(await labels('$x \\in \\mathbb{R}^n$ and $y = |$\n', 'md')).toEqual(['x n×1']);
    expect(await labels('$x \\in \\mathbb{R}^n$ and |\n', 'md')).toEqual([]);
    expect(await labels('\\(x \\in \\mathbb{R}^n\\) and \\(y = |\\)\n', 'tex')).toEqual(['x n×1']);
  });

  it('offers the commands of LaTeX with what they mean', async () => {
    const found = await labels('$y = \\o|$\n', 'md');
    expect(found).toContain('\\odot operator .*');
    expect(found).toContain('\\operatorname{tr} function tr');
    expect(found).toContain('\\frac{\\partial }{\\partial } derivative');
    expect(await labels('\\o|\n', 'md')).toEqual([]);
  });

  it('has places to fill in for a client that knows them, and none for another', async () => {
    const fraction = async (snippetSupport: boolean) => {
      const { client, place } = await at('$y = \\f|$\n', 'md', { capabilities: { textDocument: { completion: { completionItem: { snippetSupport } } } } });
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
      const { textEdit, insertTextFormat } = items.find(({ label }) => label === '\\frac{}{}') ?? {};
      return [textEdit?.newText, insertTextFormat];
    };
    expect(await fraction(true)).toEqual(['\\frac{$1}{$2}', 2]);
    expect(await fraction(false)).toEqual(['\\frac{}{}', undefined]);
  });

  it('offers values unasked behind a blank, and behind other blanks nothing', async () => {
    const behind = async (text: string, triggerCharacter: string, ending?: string) => {
      const { client, place } = await at(text, ending);
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', { ...place, context: { triggerKind: 2, triggerCharacter } });
      return items.map(({ label }) => label);
    };
    expect(await behind('layout |\n', ' ')).toEqual(['denominator', 'numerator', 'mixed', 'auto']);
    expect(await behind('gradient as |\n', ' ')).toEqual(['column', 'row']);
    expect(await behind('% chainrule: verify |\n', ' ', 'tex')).toEqual(['on', 'off']);
    expect(await behind('x : n\ny : |\n', ' ')).toEqual(['n', 'scalar']);
    expect(await behind('x : n\nA : n×n |\n', ' ')).toContain('spd');
    for (const text of ["x : n\ny = |\n", "x : n\ny = x |\n", "x |\n", '|x : n\n']) expect([text, await behind(text, ' ')]).toEqual([text, []]);
    expect(await behind('A remark: |\n', ' ', 'md')).toEqual([]);
    expect(await behind("x : n\ns = x' x\nds/|\n", '/')).toEqual(['ds/dx = 2 x']);
    expect(await behind("x : n\ns = x' x\ny = s/|\n", '/')).toEqual([]);
  });

  it('offers shapes behind a colon, then properties', async () => {
    const text = 'x : n\nM : m×n\n';
    expect(await labels(`${text}y : |\n`)).toEqual(['n shape', 'm×n shape', 'scalar shape', 'm dimension']);
    expect(await labels(`${text}y : m×|\n`)).toEqual(['n dimension', 'm dimension']);
    expect(await labels(`${text}S : n×n s|\n`)).toContain('spd property');
    expect(await labels(`${text}size |\n`)).toEqual(['n dimension', 'm dimension']);
    expect(await labels(`${text}off |\n`)).toContain('shape/product');
  });

  describe('of a claim', () => {
    const claims = async (text: string, ending?: string) => (await labels(text, ending)).filter((label) => label.endsWith(' the derivative'));

    it('comes with its right side, for what is not claimed yet', async () => {
      const text = "x : n\nM : m×n\nL(y) : scalar\ny = M x\n";
      expect(await claims(`${text}d|\n`)).toEqual(["dy/dx = M' the derivative", "dL/dM = dL/dy x' the derivative", "dL/dx = M' dL/dy the derivative"]);
      expect(await claims(`${text}dL/dM = dL/dy x'\n|\n`)).toEqual(["dy/dx = M' the derivative", "dL/dx = M' dL/dy the derivative"]);
    });

    it('is offered where a formula begins', async () => {
      const text = '$x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m \\times n}$: $$L = x^\\top A^\\top A x$$\n';
      expect(await claims(`${text}$$|$$\n`, 'md')).toContain('\\frac{\\partial L}{\\partial x} = 2 A^\\top A x the derivative');
      expect(await claims(`${text}$$L + |$$\n`, 'md')).toEqual([]);
    });

    it('goes on from what is written of its derivative, in the same signs', async () => {
      const text = "x : n\nM : m×n\nL(y) : scalar\ny = M x\n";
      expect(await claims(`${text}dL/|\n`)).toEqual(["dL/dM = dL/dy x' the derivative", "dL/dx = M' dL/dy the derivative"]);
      expect(await claims(`${text}dL/dx|\n`)).toEqual(["dL/dx = M' dL/dy the derivative"]);
      expect(await claims(`${text}∂L/∂x|\n`)).toEqual(["∂L/∂x = M' dL/dy the derivative"]);
      const formula = '$x \\in \\mathbb{R}^n$: $$L = x^\\top x$$\n';
      expect(await claims(`${formula}$$\\frac{\\partial L}{|$$\n`, 'md')).toEqual(['\\frac{\\partial L}{\\partial x} = 2 x the derivative']);
      expect(await claims(`${formula}$$\\dfrac{dL}|$$\n`, 'md')).toEqual(['\\dfrac{dL}{dx} = 2 x the derivative']);
      expect(await claims(`${formula}\\[ \\frac{\\mathrm{d} L}{|\\]\n`, 'md')).toEqual(['\\frac{\\mathrm{d}L}{\\mathrm{d}x} = 2 x the derivative']);
    });

    it('is a gradient of a number where a nabla is begun', async () => {
      const plain = "x : n\nM : m×n\ny = M x\nL = y' y\n";
      expect(await claims(`${plain}∇|\n`)).toEqual(['∇_y L = 2 y the derivative', "∇_M L = 2 y x' the derivative", "∇_x L = 2 M' y the derivative"]);
      const formula = '$\\mathbf x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n\\times n}$: $$L = \\mathbf x^T A^T A \\mathbf x$$\n';
      expect(await claims(`${formula}$$\\na|$$\n`, 'md')).toContain('\\nabla_{\\mathbf x} L = 2 A^T A \\mathbf x the derivative');
      expect(await claims(`${formula}$$\\nabla_A|$$\n`, 'md')).toEqual(['\\nabla_A L = 2 A \\mathbf x \\mathbf x^T the derivative']);
    });

    it.each([['$$\\frac{\\partial L}{|}$$\n'], ['$$\\frac{\\partial |}{}$$\n'], ['$$\\frac{|$$\n']])('takes the place of the brackets that an editor closed: %s', async (formula) => {
      const { client, place, text } = await at(`$x \\in \\mathbb{R}^n$: $$L = x^\\top x$$\n${formula}`, 'md');
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
      const claim = items.find(({ label }) => label.startsWith('\\frac{\\partial L}{\\partial x} =')) ?? expect.fail('no claim is offered');
      const { range, newText } = claim.textEdit as { range: Location['range']; newText: string };
      const line = text.split('\n')[1] as string;
      expect(line.slice(0, range.start.character) + newText + line.slice(range.end.character)).toBe('$$\\frac{\\partial L}{\\partial x} = 2 x$$');
    });

    it('that the list would cut off in LaTeX is read at a glance behind what finds it, and to its end beside the list', async () => {
      const text = '$\\mathbf x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m \\times n}$, $b \\in \\mathbb{R}^m$: $$L = (A \\mathbf x - b)^\\top (A \\mathbf x - b)$$\n$$|$$\n';
      const { client, place } = await at(text, 'md', { capabilities: { textDocument: { completion: { completionItem: { labelDetailsSupport: true } } } } });
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
      const whole = '\\frac{\\partial L}{\\partial \\mathbf x} = 2 A^\\top (A \\mathbf x - b)';
      expect(items.find(({ label }) => label.includes('mathbf x}'))).toMatchObject({
        label: '\\frac{\\partial L}{\\partial \\mathbf x}', labelDetails: { detail: " = 2 A' (A x - b)" }, textEdit: { newText: whole },
        documentation: { kind: 'markdown', value: `\`\`\`latex\n${whole}\n\`\`\`` },
      });
      expect(await claims(text, 'md')).toContain(`${whole} the derivative`);
    });

    it('that the list would cut off is read to its end beside it in plain notation, too', async () => {
      const { client, place } = await at('w, w0 : d\ne : scalar positive\nt = sum(sqrt((w - w0).^2 + e ones(d)))\ndt/dw0|\n');
      const [item] = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
      expect(item?.documentation).toEqual({ kind: 'markdown', value: `\`\`\`derivation\n${item?.label}\n\`\`\`` });
    });

    it('is found among many when more of it is typed', async () => {
      const many = Array.from({ length: 14 }, (_, k) => `s_${k} = x' x`).join('\n');
      const { client, place } = await at(`x : n\n${many}\nd|\n`);
      expect(await client.connection.sendRequest('textDocument/completion', place)).toMatchObject({ isIncomplete: true });
      expect(await claims(`x : n\n${many}\nds_0|\n`)).toEqual(['ds_0/dx = 2 x the derivative']);
    });

    it('is none where something else is being written', async () => {
      expect(await claims("x : n\ns = x' x\nM|\n")).toEqual([]);
      expect(await claims("x : n\ns = x' x\ny = d|\n")).toEqual([]);
    });
  });
});

describe('a sign that a keyboard lacks', () => {
  /** The text after a character was typed at the cursor, and what the server made of it. */
  const typed = async (text: string, ch: string, ending?: string) => {
    const { client, place: { textDocument, position }, text: before } = await at(text.replace('|', `${ch}|`), ending);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await client.connection.sendRequest<{ range: Location['range']; newText: string }[]>('textDocument/onTypeFormatting', { textDocument, position, ch, options });
    const lines = before.split('\n');
    for (const { range: { start, end }, newText } of edits) lines[start.line] = `${(lines[start.line] as string).slice(0, start.character)}${newText}${(lines[start.line] as string).slice(end.character)}`;
    return lines.join('\n');
  };

  it.each([
    ['g = \\nabla|', ' ', 'g = ∇ '], ['M : m\\x|', ' ', 'M : m× '], ['y = A\\top|', ' ', "y = A' "], ['x \\in \\R|', '^', 'x \\in ℝ^'], ['y = \\mu|', '_', 'y = μ_'],
    ['y = \\mu|', '\n', 'y = μ\n'], ['y = \\hat|', ' ', 'y = \\hat '], ['y = \\muu|', ' ', 'y = \\muu '], ['// \\mu|', ' ', '// \\mu '],
  ])('takes the place of its word: %s', async (text, ch, expected) => {
    expect(await typed(text, ch)).toBe(expected);
  });

  it('is left to LaTeX in LaTeX', async () => {
    expect(await typed('$y = \\mu|$', ' ', 'md')).toBe('$y = \\mu $');
    expect(await typed('```deriv\ny = \\mu|\n```\n', ' ', 'md')).toBe('```deriv\ny = μ \n```\n');
  });

  it('is completed too', async () => {
    const { client, place } = await at('y = \\na|\n');
    const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', place);
    expect(items.find(({ label }) => label === '\\nabla')?.textEdit?.newText).toBe('∇');
  });

  it('is one that plain notation reads', () => {
    for (const sign of ABBREVIATIONS.values()) {
      const [token, ...rest] = lexPlain(sign, { start: 0, end: sign.length });
      expect([sign, token?.kind === 'unknown', rest.length]).toEqual([sign, false, 0]);
    }
  });
});
