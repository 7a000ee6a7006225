"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { BrowserNotices } from "./browser-notices";
import { KIND_ICONS } from "./kinds";
import { AlertPhone } from "./alert-phone";
import { type Preference, preferencesQuery, useSavePreferences } from "./queries";

const WAYS = ["in_portal", "by_email", "by_sms"] as const;
type Way = (typeof WAYS)[number];

/** What a member hears of and by which ways; each switch is kept at once. */
export function NotificationPreferences() {
  const { slug } = useClinic();
  const preferences = useQuery(preferencesQuery(slug));
  if (preferences.isPending) return <Skeleton className="h-96 w-full rounded-lg" />;
  if (preferences.isError) return <ErrorState error={preferences.error} retry={() => void preferences.refetch()} />;
  return (
    <div className="space-y-4">
      <Ways preferences={preferences.data.preferences} />
      <div className="grid gap-4 md:grid-cols-2">
        <AlertPhone key={preferences.data.phone} phone={preferences.data.phone} />
        <BrowserNotices />
      </div>
    </div>
  );
}

function Ways({ preferences }: { preferences: Preference[] }) {
  const t = useTranslations("notifications");
  const { slug } = useClinic();
  const save = useSavePreferences(slug);
  const toastError = useToastError();
  const set = ({ may_turn_off: _, ...one }: Preference, way: Way, isOn: boolean) =>
    save.mutate(
      { preferences: [{ ...one, [way]: isOn }] },
      { onError: toastError, onSuccess: () => void toast.success(t("saved"), { id: "notification-preferences" }) },
    );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("preferences")}</CardTitle>
      </CardHeader>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-xs text-muted-foreground">
            <th scope="col" className="px-4 py-2 text-start font-medium">
              {t("what")}
            </th>
            {WAYS.map((way) => (
              <th key={way} scope="col" className="w-16 px-1 py-2 text-center font-medium md:w-28">
                {t(`ways.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {preferences.map((one) => {
            const Icon = KIND_ICONS[one.kind];
            return (
              <tr key={one.kind}>
                <th scope="row" className="px-4 py-3 text-start font-normal">
                  <span className="flex items-center gap-3">
                    <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                    {t(`kinds.${one.kind}`)}
                  </span>
                </th>
                {WAYS.map((way) => (
                  <td key={way} className="px-1 py-3 text-center">
                    <Switch
                      aria-label={`${t(`kinds.${one.kind}`)}: ${t(`ways.${way}`)}`}
                      checked={one[way]}
                      disabled={way === "in_portal" && !one.may_turn_off}
                      onCheckedChange={(isOn) => set(one, way, isOn)}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
