"use client";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { BookProblem } from "@/lib/scheduling/import-book/schema";

const TONES = { error: "danger", skip: "neutral", note: "warning" } as const satisfies Record<
  BookProblem["kind"],
  Tone
>;
const SHOWN = 200;

/** What is to be said of the rows, what stops the run first. */
export function BookProblems({ problems }: { problems: BookProblem[] }) {
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const errors = problems.filter(({ kind }) => kind === "error");
  const others = problems.filter(({ kind }) => kind !== "error");
  return (
    <div
      role="region"
      aria-label={shared("problemsLabel")}
      tabIndex={0}
      className="scroll-slim max-h-72 overflow-auto rounded-md border"
    >
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-popover">
          <tr className="border-b text-xs text-muted-foreground [&>th]:px-3 [&>th]:py-2 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">{shared("row")}</th>
            <th scope="col">{shared("column")}</th>
            <th scope="col">{shared("problem")}</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {[...errors, ...others].slice(0, SHOWN).map((problem, at) => (
            <tr key={at} className="align-top [&>td]:px-3 [&>td]:py-2">
              <td className="tabular">{problem.row}</td>
              <td>
                <Badge tone={TONES[problem.kind]}>
                  {problem.column ? t(`columns.${problem.column}`) : shared("whole")}
                </Badge>
              </td>
              <td>{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
