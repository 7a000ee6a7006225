import type { AskedOfWorld, Deciding } from "./decide/facts";

/** One thing that a decision asked of the world and what it was told: the turn's trace, and all that a replay needs. */
export interface Exchange {
  readonly kind: AskedOfWorld["kind"];
  readonly input: unknown;
  readonly answer: unknown;
}

/** No decision needs as many; one that asks on is a bug and must not spin. */
const MOST_QUESTIONS = 40;

/** Runs a decision to its end, answering each thing that it asks for, in order. */
export async function runDecision<T>(
  deciding: Deciding<T>,
  answer: (asked: AskedOfWorld) => Promise<unknown>,
): Promise<{ result: T; exchanges: Exchange[] }> {
  const exchanges: Exchange[] = [];
  let step = deciding.next();
  while (!step.done) {
    if (exchanges.length >= MOST_QUESTIONS) throw new Error("a decision asks without end");
    const { kind, input } = step.value;
    const told = await answer(step.value);
    exchanges.push({ kind, input, answer: told });
    step = deciding.next(told);
  }
  return { result: step.value, exchanges };
}

/** The same decision again from stored answers: it must come out equal. Throws where it asks for something else. */
export function replayDecision<T>(deciding: Deciding<T>, exchanges: readonly Exchange[]): T {
  let step = deciding.next();
  for (const { kind, answer } of exchanges) {
    if (step.done || step.value.kind !== kind) throw new Error(`the decision no longer asks for ${kind} here`);
    step = deciding.next(answer);
  }
  if (!step.done) throw new Error(`the decision now asks for ${step.value.kind}`);
  return step.value;
}
