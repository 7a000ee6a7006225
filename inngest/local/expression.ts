/**
 * The part of CEL that the executor understands: paths (`event.data.clinicId`, `async.data.id`), strings,
 * numbers, booleans, null, `== != < <= > >=`, `&& || !` and parentheses. Anything else is refused when a
 * function registers, rather than guessed at when it runs.
 */
export type Scope = Record<string, unknown>;
type Evaluate = (scope: Scope) => unknown;

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)|(==|!=|<=|>=|&&|\|\||[<>!()-]))/y;

type Token = { kind: "text" | "number" | "path" | "sign"; value: string };

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [, text, number, path, sign] = TOKEN.exec(source) ?? [];
    if (text !== undefined) tokens.push({ kind: "text", value: text.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", value: number });
    else if (path !== undefined) tokens.push({ kind: "path", value: path });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
    else throw new Error(`expression not supported at ${at}: ${source}`);
  }
  return tokens;
}

const COMPARE: Record<string, (a: unknown, b: unknown) => boolean> = {
  "==": (a, b) => (a ?? null) === (b ?? null),
  "!=": (a, b) => (a ?? null) !== (b ?? null),
  "<": (a, b) => order(a, b) < 0,
  "<=": (a, b) => order(a, b) <= 0,
  ">": (a, b) => order(a, b) > 0,
  ">=": (a, b) => order(a, b) >= 0,
};

/** Less than, equal or greater; NaN, which no comparison holds for, when the two have no order. */
function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  return Number.NaN;
}

const CONSTANTS: Record<string, unknown> = { true: true, false: false, null: null };

function readPath(path: string): Evaluate {
  if (path in CONSTANTS) return () => CONSTANTS[path];
  const keys = path.split(".");
  return (scope) => keys.reduce<unknown>((value, key) => memberOf(value, key), scope);
}

const memberOf = (value: unknown, key: string): unknown =>
  value !== null && typeof value === "object" ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

class Parser {
  private at = 0;
  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
  ) {}

  whole(): Evaluate {
    const evaluate = this.either();
    if (this.at < this.tokens.length) this.refuse();
    return evaluate;
  }

  private refuse(): never {
    throw new Error(`expression not supported: ${this.source}`);
  }

  private take(...signs: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== "sign" || !signs.includes(token.value)) return undefined;
    this.at += 1;
    return token.value;
  }

  private either(): Evaluate {
    const left = this.both();
    if (!this.take("||")) return left;
    const right = this.either();
    return (scope) => left(scope) === true || right(scope) === true;
  }

  private both(): Evaluate {
    const left = this.comparison();
    if (!this.take("&&")) return left;
    const right = this.both();
    return (scope) => left(scope) === true && right(scope) === true;
  }

  private comparison(): Evaluate {
    const left = this.operand();
    const compare = COMPARE[this.take(...Object.keys(COMPARE)) ?? ""];
    if (!compare) return left;
    const right = this.operand();
    return (scope) => compare(left(scope), right(scope));
  }

  private operand(): Evaluate {
    if (this.take("!")) {
      const inner = this.operand();
      return (scope) => inner(scope) !== true;
    }
    if (this.take("(")) {
      const inner = this.either();
      if (!this.take(")")) this.refuse();
      return inner;
    }
    const isNegative = this.take("-") !== undefined;
    const token = this.tokens[this.at] ?? this.refuse();
    this.at += 1;
    if (token.kind === "number") return () => (isNegative ? -1 : 1) * Number(token.value);
    if (isNegative || token.kind === "sign") this.refuse();
    return token.kind === "text" ? () => token.value : readPath(token.value);
  }
}

const compiled = new Map<string, Evaluate>();

/** The value of an expression; throws on what is not supported. A missing member is undefined, equal to null. */
export function evaluate(source: string, scope: Scope): unknown {
  const evaluator = compiled.get(source) ?? new Parser(source, tokensOf(source)).whole();
  compiled.set(source, evaluator);
  return evaluator(scope);
}

/** Whether an optional condition holds; no condition always does. */
export const holds = (source: string | null | undefined, scope: Scope): boolean =>
  !source || evaluate(source, scope) === true;
