import { useTranslations } from "next-intl";
import { Logo } from "@/components/shared/logo";
import { cn } from "@/components/ui/cn";

interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: { name: string; place: string; type: string; isRequired: boolean }[];
  body: string | undefined;
  statuses: { status: string; words: string }[];
}

const TONES: Record<string, string> = {
  GET: "bg-info-soft text-info",
  POST: "bg-success-soft text-success",
  PUT: "bg-warning-soft text-warning",
  PATCH: "bg-warning-soft text-warning",
  DELETE: "bg-danger-soft text-danger",
};

const OK_EXAMPLE = '\u2066{"ok":true,"data":…}\u2069';
const ERROR_EXAMPLE = '\u2066{"ok":false,"error":"CODE","message":"…"}\u2069';

/** The API as people read it: no script runs, every operation opens in place and has an address. */
export function ApiDocs({ groups }: { groups: [string, Operation[]][] }) {
  const t = useTranslations("docs");
  return (
    <div className="mx-auto grid w-full max-w-7xl gap-8 p-4 md:p-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <nav
        aria-label={t("contents")}
        className="lg:sticky lg:top-8 lg:max-h-[calc(100dvh-4rem)] lg:self-start lg:overflow-y-auto"
      >
        <Logo />
        <ul className="mt-4 flex flex-wrap gap-x-3 gap-y-1 text-sm lg:grid">
          {groups.map(([tag, operations]) => (
            <li key={tag}>
              <a href={`#${tag}`} className="flex items-baseline gap-2 rounded-sm py-0.5 hover:text-primary">
                <bdi dir="ltr">{tag}</bdi>
                <span className="text-xs text-muted-foreground tabular">{operations.length}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="grid min-w-0 gap-10">
        <header className="grid max-w-2xl gap-3">
          <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
          <p className="text-muted-foreground">
            {t("envelope", { okExample: OK_EXAMPLE, errorExample: ERROR_EXAMPLE })}
          </p>
          <p className="text-muted-foreground">{t("keys")}</p>
          <a href="/api/openapi.json" className="w-fit text-primary underline underline-offset-4">
            {t("document")}
          </a>
        </header>
        {groups.map(([tag, operations]) => (
          <section key={tag} aria-labelledby={tag} className="grid min-w-0 gap-2">
            <h2 id={tag} className="scroll-mt-8 text-lg font-semibold" dir="ltr">
              {tag}
            </h2>
            {operations.map((operation) => (
              <OperationCard key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function OperationCard({ operation }: { operation: Operation }) {
  const t = useTranslations("docs");
  const { id, method, path, summary, description, parameters, body, statuses } = operation;
  return (
    <details id={id} className="group min-w-0 rounded-lg border bg-card shadow-raised">
      <summary
        className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2.5 hover:bg-accent"
        dir="ltr"
      >
        <span className={cn("w-16 rounded-sm px-1.5 py-0.5 text-center text-xs font-semibold", TONES[method])}>
          {method}
        </span>
        <code className="min-w-0 text-sm break-all">{path}</code>
        <span className="ms-auto text-xs text-muted-foreground">{summary}</span>
      </summary>
      <div className="grid min-w-0 gap-4 border-t p-4 text-sm" dir="ltr">
        {description && <p>{description}</p>}
        {parameters.length > 0 && (
          <div className="min-w-0 overflow-x-auto">
            <table className="w-full text-sm">
              <caption className="pb-1 text-start text-xs font-medium text-muted-foreground">{t("parameters")}</caption>
              <tbody className="divide-y">
                {parameters.map(({ name, place, type, isRequired }) => (
                  <tr key={`${place} ${name}`} className="[&>td]:py-1.5 [&>td]:pe-4 [&>td]:align-top">
                    <td>
                      <code>{name}</code>
                      {isRequired && <span className="text-danger"> *</span>}
                    </td>
                    <td className="text-muted-foreground">{place}</td>
                    <td className="break-all">{type}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {body && (
          <div className="min-w-0">
            <h3 className="pb-1 text-xs font-medium text-muted-foreground">{t("body")}</h3>
            <pre tabIndex={0} className="max-h-96 overflow-auto rounded-md bg-muted p-3 text-xs">
              {body}
            </pre>
          </div>
        )}
        <div>
          <h3 className="pb-1 text-xs font-medium text-muted-foreground">{t("answers")}</h3>
          <ul className="grid gap-1">
            {statuses.map(({ status, words }) => (
              <li key={status} className="flex gap-3">
                <code className="w-10 shrink-0 tabular">{status}</code>
                <span className="text-muted-foreground">{words}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </details>
  );
}
