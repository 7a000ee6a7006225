"use client";
import { useTranslations } from "next-intl";

const ACTORS = ["patient", "system", "user"] as const;

/** "by Sam", or by what kind of actor where nobody has a name. */
export function useActor({ actor, actor_type }: { actor: string | null; actor_type: string }): string {
  const t = useTranslations("patients.timeline");
  return t("by", { name: actor ?? t(`actors.${ACTORS.find((one) => one === actor_type) ?? "system"}`) });
}
