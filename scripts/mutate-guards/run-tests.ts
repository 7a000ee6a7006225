import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What became of one named test. `missing`: it did not run, so it says nothing. */
export type Fate = "passed" | "failed" | "missing";
export interface NamedTest {
  file: string;
  name: string;
}

/**
 * Runs the files of these tests in the copy and answers each test's fate. A name is met by every test that begins with
 * it; one failure is enough. A file that could not even be loaded has no tests, hence no verdict.
 */
export async function runTests(root: string, tests: readonly NamedTest[]): Promise<Fate[]> {
  const output = join(root, "mutants.json");
  rmSync(output, { force: true });
  const files = [...new Set(tests.map(({ file }) => file))];
  const pattern = [...new Set(tests.map(({ name }) => escaped(name)))].join("|");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--reporter=json", `--outputFile=${output}`, "--maxWorkers=1", "-t", pattern, ...files];
  await new Promise<void>((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: "ignore" });
    child.once("exit", () => done());
  });
  const results = resultsOf(output);
  return tests.map(({ file, name }) => {
    const ran = results
      .filter((result) => result.name.endsWith(`/${file}`))
      .flatMap((result) => result.assertionResults)
      .filter(({ fullName, status }) => fullName.startsWith(name) && ["passed", "failed"].includes(status));
    if (ran.length === 0) return "missing";
    return ran.some(({ status }) => status === "failed") ? "failed" : "passed";
  });
}

function resultsOf(output: string): z.infer<typeof Report>["testResults"] {
  try {
    return Report.parse(JSON.parse(readFileSync(output, "utf8"))).testResults;
  } catch {
    return [];
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
