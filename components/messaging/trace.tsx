"use client";
import { useQuery } from "@tanstack/react-query";
import { RouteIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { type Turn, turnsQuery } from "./queries";

/** Every turn of the bot in words, the newest first; `turnId` is the one asked about. */
export function Trace({ conversationId, turnId }: { conversationId: string; turnId?: string }) {
  const t = useTranslations("inbox.trace");
  const { slug } = useClinic();
  const turns = useQuery(turnsQuery(slug, conversationId));

  if (turns.isPending)
    return (
      <div className="grid gap-3 p-4">
        {[1, 2, 3].map((at) => (
          <Skeleton key={at} className="h-24" />
        ))}
      </div>
    );
  if (turns.isError) return <ErrorState error={turns.error} retry={() => void turns.refetch()} />;
  if (turns.data.length === 0) return <EmptyState icon={RouteIcon} title={t("empty")} text={t("emptyText")} />;
  return (
    <ol className="grid gap-3 p-4">
      {turns.data.toReversed().map((turn, at, all) => (
        <TurnCard key={turn.id} turn={turn} number={all.length - at} isAskedFor={turn.id === turnId} />
      ))}
    </ol>
  );
}

interface TurnCardProps {
  turn: Turn;
  number: number;
  isAskedFor: boolean;
}

function TurnCard({ turn, number, isAskedFor }: TurnCardProps) {
  const t = useTranslations("inbox.trace");
  const format = useFormatter();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAskedFor) card.current?.scrollIntoView({ block: "nearest" });
  }, [isAskedFor]);
  return (
    <li ref={card} className={cn("rounded-lg border bg-card p-3", isAskedFor && "border-ring ring-1 ring-ring")}>
      <div className="mb-2 flex items-center justify-between gap-2 text-xs text-muted-foreground">
        <span className="font-medium">{t("turn", { number })}</span>
        <span className="flex gap-2">
          {typeof turn.latency_ms === "number" && <span>{t("latency", { ms: format.number(turn.latency_ms) })}</span>}
          <LocalTime at={turn.at} />
        </span>
      </div>
      <ul className="grid gap-1.5">
        {turn.lines.map((line, at) => (
          <li
            key={at}
            className="relative ps-4 text-sm leading-snug before:absolute before:start-0 before:top-[0.5em] before:size-1.5 before:rounded-full before:bg-primary/60"
          >
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
      <details className="mt-2 text-xs">
        <summary className="text-muted-foreground hover:text-foreground">{t("raw")}</summary>
        {(["understanding", "decision", "effects"] as const).map((part) => (
          <div key={part} className="mt-2">
            <p className="font-medium text-muted-foreground">{t(part)}</p>
            <pre
              dir="ltr"
              tabIndex={0}
              className="scroll-slim mt-1 max-h-48 overflow-auto rounded-md bg-muted p-2 text-2xs"
            >
              {JSON.stringify(turn[part], null, 2)}
            </pre>
          </div>
        ))}
      </details>
    </li>
  );
}
