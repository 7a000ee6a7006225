"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PanelRightIcon, RotateCcwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Trace } from "@/components/messaging/trace";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { Tooltip } from "@/components/ui/tooltip";
import { Phone } from "./phone";
import { PersonaMenu } from "./persona-menu";
import { simulatorQuery, useReset } from "./queries";

const POLL_MS = 2_000;

/** A talk with the clinic's own bot, and beside it why the bot says what it says. */
export function Simulator() {
  const t = useTranslations("simulator");
  const { slug } = useClinic();
  const [chosen, setChosen] = useState("");
  const [round, setRound] = useState(0);
  const [turnId, setTurnId] = useState<string>();
  const [isTraceOpen, setTraceOpen] = useState(false);
  const simulator = useQuery({
    ...simulatorQuery(slug, chosen),
    placeholderData: keepPreviousData,
    // The first message begins the talk a moment after it was taken.
    refetchInterval: (query) => (query.state.data?.conversation_id ? false : POLL_MS),
  });
  const personas = simulator.data?.personas ?? [];
  const persona = personas.find((one) => one.phone === chosen) ?? personas[0];
  const conversationId = simulator.isPlaceholderData ? undefined : (simulator.data?.conversation_id ?? undefined);

  const explain = (turn: string) => {
    setTurnId(turn);
    if (matchMedia("(width < 64rem)").matches) setTraceOpen(true);
  };
  const trace = conversationId ? (
    <Trace conversationId={conversationId} turnId={turnId} />
  ) : (
    <EmptyState icon={PanelRightIcon} title={t("traceEmpty")} text={t("traceEmptyText")} className="h-full" />
  );

  if (simulator.isError && !simulator.data)
    return (
      <ErrorState error={simulator.error} retry={() => void simulator.refetch()} className="h-full justify-center" />
    );
  return (
    <div className="flex h-full">
      <section aria-label={t("talk")} className="flex min-w-0 flex-1 flex-col bg-sidebar">
        <header className="flex min-h-14 flex-wrap items-center gap-2 border-b bg-card px-4 md:px-6">
          <h1 className="me-auto text-base font-semibold max-sm:sr-only">{t("title")}</h1>
          <PersonaMenu
            personas={personas}
            chosen={persona}
            onChoose={(phone) => {
              setTurnId(undefined);
              setChosen(phone);
            }}
          />
          {persona && <Reset phone={persona.phone} onDone={() => setRound(round + 1)} />}
          <Tooltip label={t("trace")}>
            <Button
              variant="ghost"
              size="icon"
              className="lg:hidden"
              aria-label={t("trace")}
              onClick={() => setTraceOpen(true)}
            >
              <PanelRightIcon aria-hidden className="mirror-rtl" />
            </Button>
          </Tooltip>
        </header>
        <Phone key={`${chosen} ${round}`} persona={persona} conversationId={conversationId} onExplain={explain} />
      </section>
      <aside
        aria-label={t("trace")}
        className="hidden w-96 shrink-0 flex-col border-s bg-background lg:flex xl:w-[28rem]"
      >
        <div className="flex min-h-14 items-center border-b bg-card px-4">
          <div>
            <h2 className="text-sm font-semibold">{t("trace")}</h2>
            <p className="text-xs text-muted-foreground">{t("traceText")}</p>
          </div>
        </div>
        <div className="scroll-slim min-h-0 flex-1 overflow-y-auto">{trace}</div>
      </aside>
      <Sheet open={isTraceOpen} onOpenChange={setTraceOpen}>
        <SheetContent side="bottom" className="h-[80dvh] lg:hidden">
          <SheetTitle>{t("trace")}</SheetTitle>
          <div className="min-h-0 flex-1 overflow-y-auto">{trace}</div>
        </SheetContent>
      </Sheet>
    </div>
  );
}

function Reset({ phone, onDone }: { phone: string; onDone: () => void }) {
  const t = useTranslations("simulator");
  const { slug } = useClinic();
  const reset = useReset(slug);
  const toastError = useToastError();
  const done = () => {
    toast.success(t("resetDone"));
    onDone();
  };
  return (
    <Tooltip label={t("resetHint")}>
      <Button disabled={reset.isPending} onClick={() => reset.mutate(phone, { onError: toastError, onSuccess: done })}>
        <RotateCcwIcon aria-hidden className="mirror-rtl" />
        <span className="max-sm:sr-only">{t("reset")}</span>
      </Button>
    </Tooltip>
  );
}
