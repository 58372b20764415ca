import type { TokenKind } from './token.ts';

/** What a command without arguments means: the kind and the canonical text of its token. */
export type Meaning = readonly [kind: TokenKind, text: string];

function all(kind: TokenKind, text: string, words: string): [string, Meaning][] {
  return words.split(' ').map((word) => [`\\${word}`, [kind, text]]);
}

function each(kind: TokenKind, words: string): [string, Meaning][] {
  return words.split(' ').map((word) => [`\\${word}`, [kind, word]]);
}

/** Commands that are one token by themselves. */
export const SYMBOLS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  // operators
  ...all('operator', '·', 'cdot cdotp bullet centerdot'),
  ...all('operator', '×', 'times'),
  ...all('operator', '*', 'ast star'),
  ...all('operator', '⊙', 'odot hadamard'),
  ...all('operator', '∘', 'circ'),
  ...all('operator', '⊘', 'oslash'),
  ...all('operator', '⊗', 'otimes'),
  ...all('operator', '±', 'pm mp'),
  ...all('operator', '/', 'div slash'),
  ...all('operator', '⊤', 'top intercal tran trans Tsp transp tp T transpose'),
  ...all('operator', '†', 'dagger dag'),
  ...all('operator', '∂', 'partial'),
  ...all('operator', '∧', 'wedge land'),
  ...all('operator', '∨', 'vee lor'),
  ...all('operator', '∪', 'cup'),
  ...all('operator', '⊔', 'sqcup'),
  ...all('operator', '∩', 'cap'),
  ...all('operator', '⊓', 'sqcap'),
  ...all('operator', '⊕', 'oplus'),
  ...all('operator', '⊖', 'ominus'),
  ...all('operator', '⊞', 'boxplus'),
  ...all('operator', '⊠', 'boxtimes'),
  ...all('operator', '⋉', 'ltimes'),
  ...all('operator', '⋊', 'rtimes'),
  ...all('operator', '⨿', 'amalg'),
  ...all('operator', '∖', 'setminus smallsetminus'),
  ...all('operator', '\\', 'backslash'),

  // relations
  ...all('relation', '=', 'eq'),
  ...all('relation', ':=', 'coloneqq coloneq triangleq doteq defeq eqdef colonequals'),
  ...all('relation', '=:', 'eqqcolon'),
  ...all('relation', '≡', 'equiv'),
  ...all('relation', '≈', 'approx simeq cong approxeq thickapprox asymp doteqdot'),
  ...all('relation', '≤', 'le leq leqslant leqq lesssim'),
  ...all('relation', '≥', 'ge geq geqslant geqq gtrsim'),
  ...all('relation', '<', 'lt ll prec'),
  ...all('relation', '>', 'gt gg'),
  ...all('relation', '≠', 'ne neq'),
  ...all('relation', '∝', 'propto varpropto'),
  ...all('relation', '~', 'sim thicksim subset subseteq subsetneq supset supseteq notin ni perp parallel models vdash'),
  ...all('relation', '←', 'leftarrow gets longleftarrow'),
  ...all(
    'relation',
    '→',
    'to rightarrow longrightarrow mapsto longmapsto hookrightarrow rightharpoonup leftrightarrow longleftrightarrow rightsquigarrow leadsto nearrow searrow uparrow downarrow',
  ),
  ...all('relation', '∈', 'in isin'),
  ...all(
    'relation',
    '⇒',
    'implies Rightarrow Longrightarrow iff Leftrightarrow Longleftrightarrow impliedby Leftarrow Longleftarrow therefore because',
  ),
  ...all('relation', '≻', 'succ'),
  ...all('relation', '⪰', 'succeq succcurlyeq preceq preccurlyeq'),
  ...all('relation', '|', 'mid'),
  ...all('relation', ':', 'colon'),

  // brackets
  ...all('open', '(', 'lparen'),
  ...all('close', ')', 'rparen'),
  ...all('open', '{', '{ lbrace'),
  ...all('close', '}', '} rbrace'),
  ...all('open', '[', 'lbrack llbracket'),
  ...all('close', ']', 'rbrack rrbracket'),
  ...all('close', ')', 'rfloor rceil'),
  ...all('open', '⟨', 'langle'),
  ...all('close', '⟩', 'rangle'),
  ...all('open', '|', 'lvert'),
  ...all('close', '|', 'rvert'),
  ...all('open', '‖', 'lVert'),
  ...all('close', '‖', 'rVert'),
  ...all('bar', '|', 'vert'),
  ...all('bar', '‖', '| Vert'),

  // structures
  ...all('command', 'nabla', 'nabla grad gradient'),
  ...each('command', 'sum prod int iint iiint oint lim limsup liminf sup inf'),
  ...all('command', 'sum', 'Sum'),
  ...all('command', 'big', 'bigcup bigcap bigoplus bigotimes bigodot bigwedge bigvee bigsqcup coprod'),
  ...all('command', 'quantifier', 'forall exists nexists'),
  ...all('command', 'argmin', 'argmin argmax'),
  ...all('command', 'optimum', 'minimize maximize minimise maximise'),
  ...all('operator', '¬', 'neg lnot'),

  // dots and separators
  ...all('dots', '…', 'dots ldots cdots dotsc dotsb dotsm dotsi vdots ddots iddots hdots hdotsfor dotso'),
  ...all('separator', 'gap', 'quad qquad hfill hskip enspace enskip'),
  ...all('separator', '.', '.'),

  // names
  ...all('name', 'bb:R', 'R Re reals Reals real RR bbR SetR mathR Rbb'),
  ...all('name', 'inf', 'infty infin'),
  ...all('name', 'ℓ', 'ell'),
  ...all('name', 'ℏ', 'hbar hslash'),
  ...all('name', 'ı', 'imath'),
  ...all('name', 'j', 'jmath'),
  ...all('name', 'ℵ', 'aleph'),
  ...all('name', 'Im', 'Im'),
  ...all('name', '∅', 'emptyset varnothing'),
  ...all('name', 'bb:1', 'bbone one ind indic indicator'),
  ...all('name', 'bb:N', 'N NN'),
  ...all('name', 'bb:C', 'C CC complex'),
  ...all('name', 'bb:Z', 'Z ZZ'),
  ...all('name', 'bb:E', 'E EE'),
  ...all('name', 'rm:d', 'dif dd ud differential diffd'),
  ...all('name', 'rm:D', 'D'),
  ...all('name', 'rm:Pr', 'Pr'),
  ...all('prime', "'", 'prime'),
]);

/** Commands that only space, size or colour what is around them. */
export const VANISHING: ReadonlySet<string> = new Set(
  [
    ', ; : ! > / @ - ) ( %',
    'thinspace medspace thickspace negthinspace negmedspace negthickspace nobreakspace space hss allowbreak nobreak linebreak nolinebreak break pagebreak smallskip medskip bigskip noindent indent',
    'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits',
    'big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm middle',
    'tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge',
    'nonumber notag hline hdashline toprule midrule bottomrule centering raggedright strut mathstrut relax protect par ensuremath null qed qedhere leavevmode',
    'square blacksquare Box blacktriangle checkmark ',
  ]
    .flatMap((words) => words.split(' '))
    .filter((word) => word !== '')
    .map((word) => `\\${word}`)
    .concat(['\\ ', '\\\n', '\\\t']),
);

/** Commands that vanish together with so many arguments. */
export const VANISHING_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['\\label', 1],
  ['\\tag', 1],
  ['\\eqref', 1],
  ['\\ref', 1],
  ['\\cref', 1],
  ['\\Cref', 1],
  ['\\cite', 1],
  ['\\citep', 1],
  ['\\citet', 1],
  ['\\footnote', 1],
  ['\\color', 1],
  ['\\phantom', 1],
  ['\\hphantom', 1],
  ['\\vphantom', 1],
  ['\\smash', 0],
  ['\\hspace', 1],
  ['\\vspace', 1],
  ['\\mspace', 1],
  ['\\kern', 0],
  ['\\mkern', 0],
  ['\\cline', 1],
  ['\\cmidrule', 1],
  ['\\rule', 2],
  ['\\raisebox', 1],
  ['\\setlength', 2],
  ['\\addtolength', 2],
  ['\\qedsymbol', 0],
  ['\\index', 1],
  ['\\class', 1],
  ['\\cssId', 1],
  ['\\htmlClass', 1],
  ['\\htmlId', 1],
  ['\\style', 1],
  ['\\require', 1],
  ['\\setcounter', 2],
  ['\\renewenvironment', 3],
  ['\\newenvironment', 3],
  ['\\usepackage', 1],
  ['\\allowdisplaybreaks', 0],
  ['\\numberthis', 0],
  ['\\bgroup', 0],
  ['\\egroup', 0],
]);

/** Commands whose last of so many arguments is what counts. */
export const UNWRAPPED: ReadonlyMap<string, number> = new Map([
  ['\\boxed', 1],
  ['\\fbox', 1],
  ['\\cancel', 1],
  ['\\bcancel', 1],
  ['\\xcancel', 1],
  ['\\enclose', 2],
  ['\\textcolor', 2],
  ['\\colorbox', 2],
  ['\\fcolorbox', 3],
  ['\\mathcolor', 2],
  ['\\mathrel', 1],
  ['\\mathbin', 1],
  ['\\mathord', 1],
  ['\\mathopen', 1],
  ['\\mathclose', 1],
  ['\\mathpunct', 1],
  ['\\mathinner', 1],
  ['\\mathclap', 1],
  ['\\mathrlap', 1],
  ['\\mathllap', 1],
  ['\\rlap', 1],
  ['\\llap', 1],
  ['\\clap', 1],
  ['\\bbox', 1],
  ['\\href', 2],
  ['\\uline', 1],
  ['\\emph', 1],
  ['\\substack', 1],
  ['\\multicolumn', 3],
  ['\\ensuremath', 1],
  ['\\smashoperator', 1],
  ['\\hl', 1],
  ['\\mathchoice', 4],
  ['\\mathnormal', 1],
  ['\\mathit', 1],
]);

export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['\\hat', 'hat'],
  ['\\widehat', 'hat'],
  ['\\tilde', 'tilde'],
  ['\\widetilde', 'tilde'],
  ['\\bar', 'bar'],
  ['\\overline', 'bar'],
  ['\\widebar', 'bar'],
  ['\\dot', 'dot'],
  ['\\ddot', 'ddot'],
  ['\\vec', 'vec'],
  ['\\overrightarrow', 'vec'],
  ['\\overleftarrow', 'vec'],
  ['\\check', 'check'],
  ['\\widecheck', 'check'],
  ['\\breve', 'breve'],
  ['\\mathring', 'ring'],
  ['\\acute', 'acute'],
  ['\\grave', 'grave'],
  ['\\va', 'vec'],
  ['\\vu', 'hat'],
  ['\\overleftrightarrow', 'vec'],
  ['\\underline', 'underline'],
  ['\\underbar', 'underline'],
]);

export const STYLES: ReadonlyMap<string, string> = new Map([
  ['\\mathbf', 'bold'],
  ['\\boldsymbol', 'bold'],
  ['\\bm', 'bold'],
  ['\\pmb', 'bold'],
  ['\\symbf', 'bold'],
  ['\\bs', 'bold'],
  ['\\mathbold', 'bold'],
  ['\\vb', 'bold'],
  ['\\mathbfit', 'bold'],
  ['\\bold', 'bold'],
  ['\\mathcal', 'cal'],
  ['\\mathscr', 'cal'],
  ['\\mathfrak', 'frak'],
  ['\\mathbb', 'bb'],
  ['\\mathbbm', 'bb'],
  ['\\mathds', 'bb'],
  ['\\Bbb', 'bb'],
  ['\\mathrm', 'rm'],
  ['\\operatorname', 'rm'],
  ['\\mathop', 'rm'],
  ['\\mathsf', 'sf'],
  ['\\mathtt', 'tt'],
  ['\\symbfit', 'bold'],
  ['\\symbfup', 'bold'],
  ['\\symup', 'rm'],
  ['\\up', 'rm'],
]);

/** Styles that hold from where they stand to the end of their group. */
export const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['\\bf', 'bold'],
  ['\\bfseries', 'bold'],
  ['\\boldmath', 'bold'],
  ['\\rm', 'rm'],
  ['\\rmfamily', 'rm'],
  ['\\cal', 'cal'],
  ['\\sf', 'sf'],
  ['\\tt', 'tt'],
  ['\\it', ''],
  ['\\sl', ''],
  ['\\mit', ''],
  ['\\em', ''],
]);

export const TEXTS: ReadonlySet<string> = new Set(
  'text textrm textit textbf texttt textsf textnormal textup textsc textsl textmd mbox hbox intertext shortintertext mathtext tag*'
    .split(' ')
    .map((word) => `\\${word}`),
);

/** Environments whose rows are the rows of the display around them. */
export const TRANSPARENT: ReadonlySet<string> = new Set(
  'equation align aligned alignat alignedat gather gathered multline multlined split eqnarray flalign dmath dgroup displaymath math darray subequations IEEEeqnarray empheq eq eqn'.split(
    ' ',
  ),
);

export const MATRICES: ReadonlySet<string> = new Set(
  'matrix bmatrix pmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix array tabular blockarray block bordermatrix'.split(
    ' ',
  ),
);

export const CASES: ReadonlySet<string> = new Set('cases dcases rcases drcases numcases'.split(' '));

/** Characters beyond ASCII, and ASCII ones that are a token by themselves. */
export const CHARACTERS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['+', ['operator', '+']],
  ['-', ['operator', '-']],
  ['−', ['operator', '-']],
  ['–', ['operator', '-']],
  ['±', ['operator', '±']],
  ['*', ['operator', '*']],
  ['/', ['operator', '/']],
  ['·', ['operator', '·']],
  ['⋅', ['operator', '·']],
  ['×', ['operator', '×']],
  ['⊙', ['operator', '⊙']],
  ['⊘', ['operator', '⊘']],
  ['⊗', ['operator', '⊗']],
  ['∘', ['operator', '∘']],
  ['⊤', ['operator', '⊤']],
  ['ᵀ', ['operator', '⊤']],
  ['†', ['operator', '†']],
  ['∂', ['operator', '∂']],
  ['∗', ['operator', '*']],
  ['=', ['relation', '=']],
  ['<', ['relation', '<']],
  ['>', ['relation', '>']],
  ['≤', ['relation', '≤']],
  ['≥', ['relation', '≥']],
  ['≠', ['relation', '≠']],
  ['≈', ['relation', '≈']],
  ['≡', ['relation', '≡']],
  ['∝', ['relation', '∝']],
  ['∼', ['relation', '~']],
  ['≜', ['relation', ':=']],
  ['←', ['relation', '←']],
  ['→', ['relation', '→']],
  ['↦', ['relation', '→']],
  ['⇒', ['relation', '⇒']],
  ['⇔', ['relation', '⇒']],
  ['∈', ['relation', '∈']],
  ['≻', ['relation', '≻']],
  ['⪰', ['relation', '⪰']],
  [':', ['relation', ':']],
  ['：', ['relation', ':']],
  ['(', ['open', '(']],
  ['[', ['open', '[']],
  ['⟨', ['open', '⟨']],
  [')', ['close', ')']],
  [']', ['close', ']']],
  ['⟩', ['close', '⟩']],
  ['（', ['open', '(']],
  ['）', ['close', ')']],
  ['‖', ['bar', '‖']],
  ['∥', ['bar', '‖']],
  ['∇', ['command', 'nabla']],
  ['∑', ['command', 'sum']],
  ['∏', ['command', 'prod']],
  ['∫', ['command', 'int']],
  ['…', ['dots', '…']],
  ['⋯', ['dots', '…']],
  ['⋮', ['dots', '…']],
  ['⋱', ['dots', '…']],
  [',', ['separator', ',']],
  [';', ['separator', ';']],
  ['.', ['separator', '.']],
  ['&', ['separator', '&']],
  ['，', ['separator', ',']],
  ['。', ['separator', '.']],
  ['；', ['separator', ';']],
  ['ℝ', ['name', 'bb:R']],
  ['𝟏', ['name', 'bold:1']],
  ['𝟙', ['name', 'bb:1']],
  ['∞', ['name', 'inf']],
  ['ℓ', ['name', 'ℓ']],
  ['′', ['prime', "'"]],
  ['?', ['unknown', '?']],
  ['！', ['unknown', '!']],
]);

/** Environments that are mathematics by themselves, without delimiters around them. */
export function isDisplayEnvironment(name: string): boolean {
  return TRANSPARENT.has(name.replace(/\*$/, ''));
}
