import type { DeclarationStatement, Expr, Statement } from './ast.ts';
import { nameOfCount } from './count-names.ts';
import { namesAt } from './prose-names.ts';
import type { ProseReader, Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const FORMS: ProseReader = { telling: ['matrix', 'matrices', 'vector', 'vectors'], read: formsIn };

/** "measured through a matrix `$C$`", "a fixed vector `$q$`": what letters are whose sizes nobody tells; each has axes of its own. */
function formsIn(words: readonly Word[], said: readonly Statement[]): DeclarationStatement[] {
  const known = new Set(said.flatMap((one) => (one.kind === 'declaration' ? one.names.map(symbolKey) : [])));
  return words.flatMap((_, at) => {
    const form = formAt(words, at);
    const names = form === null ? [] : (namesAt(words, at + 1)?.names ?? []);
    return names.flatMap((name) => (form === null || known.has(symbolKey(name)) ? [] : ofForm(form, name)));
  });
}

type Form = 'matrix' | 'vector';

/** The noun before names. A vector of noise is none of its own: `y = X b + e` may be all that a text says of it. */
function formAt(words: readonly Word[], at: number): Form | null {
  const form = /^(matrix|vector)$/u.exec((words[at]?.text ?? '').replace(/^matrices$/u, 'matrix').replace(/s$/u, ''))?.[1];
  const before = words[at - 1]?.text ?? '';
  const isOther = /^(?:noise|errors?|disturbance|perturbation|row|identity|zero|unit|covariance|jacobian|hessian|of)$/u.test(before);
  return form === undefined || isOther ? null : (form as Form);
}

function ofForm(form: Form, name: Expr): readonly DeclarationStatement[] {
  const { span } = name;
  const key = name.kind === 'name' ? symbolKey(name) : null;
  const isCapital = /^(?:\w+:)*\p{Lu}/u.test(key ?? '');
  if (key === null || isCapital !== (form === 'matrix')) return [];
  const axes = form === 'matrix' ? ['rows', 'columns'] : ['entries'];
  const dims = axes.map((axis): Expr => ({ kind: 'name', name: nameOfCount(`${axis} of ${key}`), span }));
  return [{ kind: 'declaration', names: [name], shape: { dims, span }, properties: [], mild: true, span }];
}
