/** What a language calls the things that texts say of letters. */
export interface Language {
  /** English by what is written, in small letters, of up to three words. */
  readonly english: ReadonlyMap<string, string>;
  /** Words that no other language has. */
  readonly marks: ReadonlySet<string>;
  /** Whether properties stand behind the noun: "matrice symétrique". */
  readonly adjectivesBehind: boolean;
  /** Whether what a letter is may stand right behind it: "`$A$` — матрица". */
  readonly copulaLeftOut: boolean;
  /** What words consist of where no blanks are written between them. */
  readonly joined: RegExp | null;
}

/**
 * A language from lines `English = forms`, parted by commas. A form that ends in a hyphen takes each of the endings; a form with a star before it is a word that no
 * other language has.
 */
function language(lines: string, endings: string, traits: Partial<Language> = {}): Language {
  const english = new Map<string, string>();
  const marks = new Set<string>();
  for (const line of lines.trim().split('\n')) {
    const [meaning = '', forms = ''] = line.split('=').map((part) => part.trim());
    for (const form of forms.split(',').flatMap((one) => inflected(one.trim(), endings))) {
      const text = form.replace('*', '');
      english.set(text, meaning);
      if (form.startsWith('*')) marks.add(text);
    }
  }
  return { english, marks, adjectivesBehind: false, copulaLeftOut: false, joined: null, ...traits };
}

function inflected(form: string, endings: string): readonly string[] {
  return form.endsWith('-') ? ['', ...endings.split(' ')].map((ending) => form.slice(0, -1) + ending) : [form];
}

const GERMAN = language(
  `
  is = *ist
  be = *sei, *seien
  are = *sind
  a = *eine, *einer, *einen, *einem, *eines, ein
  the = der, die, das, den, dem, des
  of = von, aus
  and = *und
  with = mit
  where = *wobei, wo
  if = falls, *wenn
  for = *für
  which = *welche, *welcher, *welches
  matrix = matrix
  matrices = *matrizen
  vector = *vektor
  vectors = *vektoren
  column-vector = *spaltenvektor, *spaltenvektoren
  row-vector = *zeilenvektor, *zeilenvektoren
  scalar = *skalar, *skalare, *reelle zahl
  symmetric = *symmetrisch-
  antisymmetric = *schiefsymmetrisch-, *antisymmetrisch-
  positive = positiv-, *positiv, *positiven
  definite = definit-, *definit, *definiten
  semidefinite = semidefinit-, *semidefinit
  positive-definite = positiv-, *positiv, *positivendefinit-
  orthogonal = *orthogonale, *orthogonaler, *orthogonales, *orthogonalen
  orthogonal matrix = *orthogonalmatrix
  diagonal matrix = *diagonalmatrix
  diagonal = *diagonale, *diagonaler, *diagonalen
  covariance matrix = *kovarianzmatrix
  unit vector = *einheitsvektor
  identity matrix = *einheitsmatrix
  invertible = *invertierbar-, *regulär-, *nichtsingulär-
  square = *quadratisch-
  real = *reell-
  constant = *konstante, *konstanter, *konstanten
  of size = *der größe, der dimension, der ordnung, mit der dimension
  of length = *der länge
  dimensional = dimensional-, *dimensionale, *dimensionaler, *dimensionalen
  entries = *einträge, *einträgen, *komponenten
  rows = *zeilen
  columns = *spalten
  `,
  'e er es en em',
);

const FRENCH = language(
  `
  is = est
  be = *soit, *soient
  are = *sont
  being = *étant
  a = un, *une, d'un, *d'une
  the = le, la, les
  of = de, du
  in = *dans
  and = et
  with = *avec
  where = *où
  if = si
  for = pour
  which = qui
  matrix = *matrice
  matrices = matrices
  vector = *vecteur
  vectors = *vecteurs
  column-vector = *vecteur colonne
  column-vectors = *vecteurs colonnes
  row-vector = *vecteur ligne
  scalar = *scalaire, *scalaires, *nombre réel, *réel
  symmetric = *symétrique-
  antisymmetric = *antisymétrique-
  positive-definite = *définie positive, *définies positives, *définie-positive
  positive-semidefinite = *semi-définie positive, *semi-définies positives, *semidéfinie positive
  orthogonal = *orthogonale-
  diagonal = *diagonale-
  lower triangular = *triangulaire inférieure
  upper triangular = *triangulaire supérieure
  invertible = *inversible-
  square = *carrée-
  real = *réelle-
  covariance matrix = matrice de covariance
  identity matrix = *matrice identité
  of size = *de taille, de dimension, de dimensions, *d'ordre, de format
  of length = *de longueur
  entries = *composantes
  rows = *lignes
  columns = *colonnes
  `,
  's',
  { adjectivesBehind: true },
);

const SPANISH = language(
  `
  is = es
  be = sea, *sean
  are = son
  being = *siendo
  a = un, *una
  the = *el, la, los, *las
  of = de, del
  and = y
  with = con
  where = *donde
  if = si
  for = para
  which = que
  matrix = matriz
  matrices = matrices
  vector = vector
  vectors = *vectores
  column-vector = *vector columna
  column-vectors = *vectores columna
  row-vector = vector fila
  scalar = escalar, *escalares, *número real
  symmetric = *simétric-
  antisymmetric = *antisimétric-
  positive-definite = definida positiva, *definidas positivas, *positiva definida
  positive-semidefinite = *semidefinida positiva
  orthogonal = ortogonal, *ortogonales
  diagonal = diagonal, diagonales
  lower triangular = triangular inferior
  upper triangular = triangular superior
  invertible = invertible, *invertibles
  square = *cuadrada, *cuadradas
  real = real, *reales
  constant = constante, constantes
  identity matrix = *matriz identidad
  covariance matrix = *matriz de covarianza, *matriz de covarianzas
  of size = *de tamaño, *de dimensión, *de dimensiones, *de orden
  of length = *de longitud
  entries = *componentes, *entradas
  rows = *filas
  columns = *columnas
  `,
  'a o as os',
  { adjectivesBehind: true },
);

const ITALIAN = language(
  `
  is = *è
  be = sia, *siano
  are = sono
  a = un, *una, uno
  the = il, la, gli, le
  of = di, *della
  and = ed, e
  with = con
  where = dove
  if = se
  for = per
  which = che
  matrix = matrice
  matrices = *matrici
  vector = *vettore
  vectors = *vettori
  column-vector = *vettore colonna
  row-vector = *vettore riga
  scalar = *scalare, *scalari
  symmetric = *simmetric-
  antisymmetric = *antisimmetric-
  positive-definite = definita positiva, definite positive
  positive-semidefinite = *semidefinita positiva
  orthogonal = *ortogonale, *ortogonali
  diagonal = diagonale, *diagonali
  invertible = *invertibile, *invertibili
  square = *quadrata, *quadrate
  real = *reale, *reali
  constant = constante, *costante
  identity matrix = *matrice identità
  covariance matrix = *matrice di covarianza
  of size = *di dimensione, *di dimensioni, *di ordine
  of length = *di lunghezza
  rows = *righe
  columns = *colonne
  `,
  'a he o i',
  { adjectivesBehind: true },
);

const PORTUGUESE = language(
  `
  is = *é
  be = *seja, *sejam
  are = *são
  a = um, *uma
  the = o, os, as
  of = de, da, do
  and = e
  with = com
  where = *onde
  if = se
  for = para
  which = que
  matrix = matriz
  matrices = *matrizes
  vector = *vetor, vector
  vectors = *vetores
  column-vector = *vetor coluna
  row-vector = *vetor linha
  scalar = escalar, escalares
  symmetric = *simétric-
  antisymmetric = *antissimétric-
  positive-definite = definida positiva, *positiva definida
  positive-semidefinite = *semidefinida positiva
  orthogonal = ortogonal, *ortogonais
  diagonal = diagonal, *diagonais
  invertible = *invertível, *invertíveis, *inversível
  square = *quadrada
  real = real, *reais
  constant = constante
  identity matrix = *matriz identidade
  covariance matrix = *matriz de covariância
  of size = *de tamanho, *de dimensão, *de ordem
  of length = *de comprimento
  rows = *linhas
  columns = *colunas
  `,
  'a o as os',
  { adjectivesBehind: true },
);

const RUSSIAN = language(
  `
  is = *есть, *является
  be = *пусть
  and = *и
  where = *где
  if = *если
  with = *с
  for = *для
  matrix = *матрица, *матрицу, *матрицы, *матрицей
  matrices = *матриц
  vector = *вектор, *вектора, *вектором
  vectors = *векторы, *векторов
  column-vector = *вектор-столбец, *столбец
  row-vector = *вектор-строка, *строка
  scalar = *скаляр, *число, *скаляры, *числа
  symmetric = *симметричн-, *симметрическ-
  antisymmetric = *кососимметричн-, *кососимметрическ-
  positive-definite = *положительно определённая, *положительно определена, *положительно определенная, *положительно определённой
  orthogonal = *ортогональн-
  diagonal = *диагональн-
  invertible = *обратим-, *невырожденн-
  square = *квадратн-
  real = *вещественн-, *действительн-
  identity matrix = *единичная матрица
  covariance matrix = *ковариационная матрица
  of size = *размера, *размерности, *порядка
  of length = *длины
  `,
  'ая ой ую ые ых ый ое ым ыми ого а ы о ен',
  { copulaLeftOut: true },
);

/** Chinese, Japanese and Korean in one table, as hardly a word is written like one of another. */
const EAST_ASIAN = language(
  `
  is = 是, 为, 為, は, が, を, 는, 은, 가, 이, 를, 을, 均为, 皆为
  let = 设, 設, 令, 假设
  where = 其中, ここで, 여기서
  and = 和, 与, と, 와, 과, 및
  if = 若, 如果, もし
  a = 一个, 一個
   = 的, の, 의
  dimensional = 维, 維, 阶, 階, 次元, 次, 차원, 차
  matrix = 矩阵, 矩陣, 行列, 행렬
  square matrix = 方阵, 方陣, 正方行列, 정사각행렬
  vector = 向量, ベクトル, 벡터
  column-vector = 列向量, 列ベクトル, 縦ベクトル, 열벡터
  row-vector = 行向量, 行ベクトル, 横ベクトル, 행벡터
  scalar = 标量, 純量, 标量, スカラー, 実数, 实数, 스칼라
  symmetric = 对称, 對稱, 対称, 대칭
  antisymmetric = 反对称, 反對稱, 反対称, 歪対称, 반대칭
  positive-definite = 正定, 正定値, 양의 정부호, 양정치
  positive-semidefinite = 半正定, 半正定値
  orthogonal = 正交, 直交, 직교
  diagonal = 对角, 對角, 対角, 대각
  invertible = 可逆, 非奇异, 正則, 가역
  identity matrix = 单位矩阵, 單位矩陣, 单位阵, 単位行列, 단위행렬
  covariance matrix = 协方差矩阵, 共分散行列, 공분산 행렬
  , = 时, 時, とする, である, とすると, だとする, ならば, 이다, 이면, 일때
  `,
  '',
);

/** Languages that are written without blanks between words. */
export const JOINED: readonly Language[] = [{ ...EAST_ASIAN, joined: longestFirst(EAST_ASIAN) }];

function longestFirst({ english }: Language): RegExp {
  return new RegExp(`(${[...english.keys()].sort((a, b) => b.length - a.length).join('|')})`, 'u');
}

/** The languages of which a word is unmistakable. */
export const LANGUAGES_BY_MARK: ReadonlyMap<string, readonly Language[]> = byMark([GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, RUSSIAN]);

/** By one word of each mark, as a mark may be of several: by one with a letter that English does not have, else by the last. */
function byMark(languages: readonly Language[]): ReadonlyMap<string, readonly Language[]> {
  const found = new Map<string, readonly Language[]>();
  for (const one of languages)
    for (const word of new Set([...one.marks].map(tellingWord))) found.set(word, [...(found.get(word) ?? []), one]);
  return found;
}

function tellingWord(mark: string): string {
  const words = mark.split(' ');
  return words.find((word) => /[^ -~]/.test(word)) ?? (words.at(-1) as string);
}
