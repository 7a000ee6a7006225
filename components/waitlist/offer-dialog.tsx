"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { PersonName } from "@/components/shared/person-name";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { SlotItem } from "@/lib/waitlist/schema";
import { useWaitlistActs } from "./acts";
import { entriesQuery } from "./queries";
import { useWishes } from "./words";

const EVERYBODY = { q: "", service: null, provider: null, urgency: null, page: 1 } as const;
const SHOWN = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;

/** Offers a time to one who waits, out of turn. */
export function OfferDialog({ slot, onClose }: { slot: SlotItem; onClose: () => void }) {
  const t = useTranslations("waitlist.slots");
  const format = useFormatter();
  const { slug } = useClinic();
  const wishes = useWishes();
  const acts = useWaitlistActs();
  const waiting = useQuery(entriesQuery(slug, EVERYBODY));
  const asked = new Set(slot.offers.map(({ entry_id }) => entry_id));
  const others = waiting.data?.items.filter(({ id }) => !asked.has(id)) ?? [];
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("chooseTitle", { time: format.dateTime(new Date(slot.starts_at), SHOWN) })}</DialogTitle>
          <DialogDescription>{t("chooseText")}</DialogDescription>
        </DialogHeader>
        {waiting.isPending && <Skeleton className="h-40 w-full" />}
        {waiting.isError && <ErrorState error={waiting.error} retry={() => void waiting.refetch()} />}
        {waiting.data && others.length === 0 && (
          <p className="py-6 text-center text-sm text-muted-foreground">{t("chooseNone")}</p>
        )}
        <ul className="-mx-2 max-h-80 overflow-y-auto">
          {others.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                onClick={() => {
                  acts.offer(slot, entry.id);
                  onClose();
                }}
                className="grid min-h-11 w-full gap-0.5 rounded-md px-2 py-2 text-start text-sm hover:bg-accent"
              >
                <PersonName className="font-medium">{entry.patient.name}</PersonName>
                <span className="text-xs text-muted-foreground">
                  {[entry.service.name, ...wishes(entry)].join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
