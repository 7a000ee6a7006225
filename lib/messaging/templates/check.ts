import { isPurpose, PURPOSES } from "./purposes";
import { marksOf } from "./render";

interface Written {
  body: string;
  variables: readonly string[];
  purpose: string | null;
  category: string;
}

export interface Issue {
  code: "custom";
  path: string[];
  message: string;
}

const issue = (field: string, message: string): Issue => ({ code: "custom", path: [field], message });

/**
 * What is wrong with a template, for whoever writes it: marks that aren't 1 to n, one at an edge (the platform refuses it),
 * a purpose nobody knows, a variable that its message doesn't have, marketing filed as something else.
 */
export function issuesOf({ body, variables, purpose, category }: Written): Issue[] {
  const issues: Issue[] = [];
  const marks = [...marksOf(body)].sort((a, b) => a - b);
  const isNumbered = marks.length === variables.length && marks.every((mark, index) => mark === index + 1);
  if (!isNumbered) issues.push(issue("body", "Number the marks {{1}}, {{2}}, … one for each variable."));
  if (/^\{\{|\}\}$/.test(body)) issues.push(issue("body", "Neither begin nor end with a variable."));
  if (purpose === null) return issues;
  if (!isPurpose(purpose)) return [...issues, issue("purpose", "No automatic message has this purpose.")];
  const rules = PURPOSES[purpose];
  const known: readonly string[] = rules.variables;
  const strangers = variables.filter((name) => !known.includes(name));
  if (strangers.length > 0) issues.push(issue("variables", `Not known here: ${strangers.join(", ")}.`));
  if (rules.category === "marketing" && category !== "marketing")
    issues.push(issue("category", "An invitation is marketing."));
  return issues;
}
