import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { api, ApiError } from "@/lib/http/client";
import type { EntryItem, OfferItem, SlotItem } from "@/lib/waitlist/schema";
import { waitlistAt, waitlistKeys } from "./queries";
import { useHeldBack } from "./words";

interface Sent {
  path: string;
  method: "POST" | "PATCH" | "DELETE";
  json?: unknown;
  told: string;
  undo?: Sent;
}

const Why = z.object({ why: z.string() });
const KNOWN = ["does_not_fit", "no_way", "quiet_hours", "busy"] as const;

/** What staff do with slots, offers and entries; what can be undone says so in a toast. */
export function useWaitlistActs() {
  const t = useTranslations("waitlist");
  const common = useTranslations("common");
  const heldBack = useHeldBack();
  const words = useErrorWords();
  const { slug } = useClinic();
  const queries = useQueryClient();
  const whyNot = (error: unknown): string => {
    const why = error instanceof ApiError ? Why.safeParse(error.details).data?.why : undefined;
    if (!why) return words(error);
    const known = KNOWN.find((one) => one === why);
    if (known) return t(`slots.notOffered.${known}`);
    return heldBack(why) ?? t("slots.notOffered.other", { why });
  };
  const { mutate, isPending } = useMutation({
    mutationFn: ({ path, method, json }: Sent) =>
      api(z.unknown(), `${waitlistAt(slug)}/${path}`, { method, ...(json !== undefined && { json }) }),
    onSuccess: (_done, { told, undo }) => {
      toast(told, undo && { action: { label: common("undo"), onClick: () => mutate(undo) } });
    },
    onError: (error) => toast.error(whyNot(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: waitlistKeys.all(slug) }),
  });
  const post = (path: string, told: string, more: Partial<Sent> = {}): Sent => ({
    path,
    method: "POST",
    told,
    ...more,
  });
  const resume = ({ id }: SlotItem) => post(`slots/${id}/resume`, t("slots.resumed"));
  return {
    isPending,
    stop: (slot: SlotItem) => mutate(post(`slots/${slot.id}/stop`, t("slots.stopped"), { undo: resume(slot) })),
    resume: (slot: SlotItem) => mutate(resume(slot)),
    offer: (slot: SlotItem, entryId: string) =>
      mutate(post(`slots/${slot.id}/offer`, t("slots.offered"), { json: { entry_id: entryId } })),
    claim: ({ id }: OfferItem) => mutate(post(`offers/${id}/claim`, t("offer.claimed"))),
    decline: ({ id }: OfferItem) => mutate(post(`offers/${id}/decline`, t("offer.declined"))),
    remove: ({ id, patient: { name } }: EntryItem) =>
      mutate({
        ...{ path: id, method: "DELETE", told: t("list.removed", { name }) },
        undo: { path: id, method: "PATCH", json: { status: "waiting" }, told: t("list.back", { name }) },
      }),
  };
}
