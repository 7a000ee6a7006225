import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { SUPPORTED } from "./supported";

const FUNCTIONS = fileURLToPath(new URL("../functions", import.meta.url));

interface Used {
  steps: Set<string>;
  options: Set<string>;
  crons: Set<string>;
}

/** The SDK features that function code uses: `step.<tool>`, the options of `createFunction`, cron patterns. */
function featuresOf(source: string): Used {
  const used: Used = { steps: new Set(), options: new Set(), crons: new Set() };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === "step") used.steps.add(node.name.text);
    if (ts.isCallExpression(node) && /\bcreateFunction$/.test(node.expression.getText())) {
      const [options] = node.arguments;
      if (options && ts.isObjectLiteralExpression(options)) {
        for (const option of options.properties) used.options.add(option.name?.getText() ?? "...spread");
      } else used.options.add("(not a literal)");
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === "cron" && ts.isStringLiteralLike(node.initializer)) {
      used.crons.add(node.initializer.text);
    }
    if (ts.isCallExpression(node) && node.expression.getText() === "cron") {
      const [pattern] = node.arguments;
      if (pattern && ts.isStringLiteralLike(pattern)) used.crons.add(pattern.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("f.ts", source, ts.ScriptTarget.Latest, true));
  return used;
}

const sources = readdirSync(FUNCTIONS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({ name, ...featuresOf(readFileSync(join(FUNCTIONS, name), "utf8")) }));

const beyond = (used: Set<string>, supported: readonly string[]) => [...used].filter((one) => !supported.includes(one));

test("the background functions use nothing that the local executor can't do", () => {
  const unsupported = sources.flatMap(({ name, steps, options }) => [
    ...beyond(steps, SUPPORTED.steps).map((step) => `${name}: step.${step}`),
    ...beyond(options, SUPPORTED.options).map((option) => `${name}: option ${option}`),
  ]);
  expect(unsupported).toEqual([]);
});

test("the background functions' crons have five fields, as every Inngest server understands them", () => {
  const odd = sources.flatMap(({ name, crons }) =>
    [...crons]
      .filter((cron) => cron.replace(/^TZ=\S+\s+/, "").split(/\s+/).length !== 5)
      .map((cron) => `${name}: ${cron}`),
  );
  expect(odd).toEqual([]);
});

test("the comparison sees what function code uses", () => {
  const used = featuresOf(`
    inngest.createFunction(
      { id: "x", triggers: [cron("* * * * *"), { cron: "*/5 * * * * *" }], throttle: { limit: 1, period: "1s" } },
      async ({ step }) => { await step.run("a", f); await step.ai.infer("b", {}); });`);
  expect([...used.steps]).toEqual(["run", "ai"]);
  expect([...used.options]).toEqual(["id", "triggers", "throttle"]);
  expect([...used.crons]).toEqual(["* * * * *", "*/5 * * * * *"]);
});
