import { ArrowLeftIcon, MailIcon, RotateCwIcon } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { EmptyState } from "@/components/shared/empty-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";

interface Mail {
  id: number;
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
}

/** A mailbox without an owner: every mail that the demo sent. A phone shows the list or a mail, a wide screen both. */
export function Mailbox({ mails, openId }: { mails: Mail[]; openId: number | undefined }) {
  const t = useTranslations("demoMail");
  const open = mails.find(({ id }) => id === openId);
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col gap-4 p-4 md:p-6">
      <header className="flex items-start justify-between gap-4">
        <div>
          <h1 className="text-lg font-semibold">{t("title")}</h1>
          <p className="text-sm text-muted-foreground">{t("text")}</p>
        </div>
        <Button asChild variant="outline">
          <a href="/demo/mail">
            <RotateCwIcon aria-hidden />
            {t("refresh")}
          </a>
        </Button>
      </header>
      {mails.length === 0 ? (
        <EmptyState icon={MailIcon} title={t("empty")} text={t("emptyText")} />
      ) : (
        <div className="grid items-start gap-4 md:grid-cols-[20rem_1fr]">
          <MailList mails={mails} openId={open?.id} />
          {open ? (
            <OpenMail mail={open} />
          ) : (
            <p className="hidden p-8 text-center text-sm text-muted-foreground md:block">{t("choose")}</p>
          )}
        </div>
      )}
    </main>
  );
}

function MailList({ mails, openId }: { mails: Mail[]; openId: number | undefined }) {
  const t = useTranslations("demoMail");
  const format = useFormatter();
  return (
    <nav aria-label={t("list")} className={cn(openId !== undefined && "max-md:hidden")}>
      <Card className="divide-y overflow-hidden p-0">
        {mails.map(({ id, at, to, subject }) => (
          <Link
            key={id}
            href={`/demo/mail?mail=${id}`}
            aria-current={id === openId ? "page" : undefined}
            className={cn(
              "block px-4 py-3 -outline-offset-2 hover:bg-muted",
              id === openId && "bg-primary-soft/60 hover:bg-primary-soft/60",
            )}
          >
            <span className="flex items-baseline gap-2">
              <bdi dir="ltr" className="min-w-0 flex-1 truncate text-start text-xs text-muted-foreground">
                {to}
              </bdi>
              <time dateTime={at.toISOString()} className="shrink-0 text-xs text-muted-foreground">
                {format.dateTime(at, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" })}
              </time>
            </span>
            <bdi className="line-clamp-2 text-sm font-medium">{subject}</bdi>
          </Link>
        ))}
      </Card>
    </nav>
  );
}

function OpenMail({ mail: { from, to, subject, text, html } }: { mail: Mail }) {
  const t = useTranslations("demoMail");
  return (
    <article className="min-w-0 space-y-4">
      <Link href="/demo/mail" className="inline-flex items-center gap-2 text-sm text-primary-text md:hidden">
        <ArrowLeftIcon aria-hidden className="mirror-rtl size-4" />
        {t("back")}
      </Link>
      <Card className="space-y-4 p-4">
        <h2 className="text-base font-semibold">
          <bdi>{subject}</bdi>
        </h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          <dt className="text-muted-foreground">{t("from")}</dt>
          <dd>
            <bdi>{from}</bdi>
          </dd>
          <dt className="text-muted-foreground">{t("to")}</dt>
          <dd>
            <bdi dir="ltr">{to}</bdi>
          </dd>
        </dl>
        {html ? (
          // A mail is somebody else's page: nothing in it runs, and its links open beside ours.
          <iframe
            title={subject}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={`<base target="_blank">${html}`}
            className="h-128 w-full rounded-lg border bg-white"
          />
        ) : (
          <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
            {text}
          </p>
        )}
      </Card>
    </article>
  );
}
