"use client";
import { Building2Icon, CircleCheckIcon, CirclePauseIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/shared/empty-state";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

interface ClinicTableProps {
  clinics: {
    slug: string;
    shortNumber: number;
    name: string;
    country: string;
    timeZone: string;
    status: "active" | "suspended";
  }[];
}

/** The clinics of the deployment. What happens inside one is not for HQ's eyes. */
export function ClinicTable({ clinics }: ClinicTableProps) {
  const t = useTranslations("nav.hqClinics");
  const countries = new Intl.DisplayNames([useLocale()], { type: "region" });
  if (clinics.length === 0) return <EmptyState icon={Building2Icon} title={t("empty")} />;
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-start text-xs text-muted-foreground [&>th]:px-4 [&>th]:py-2.5 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">{t("number")}</th>
            <th scope="col">{t("name")}</th>
            <th scope="col" className="max-sm:hidden">
              {t("country")}
            </th>
            <th scope="col" className="max-md:hidden">
              {t("zone")}
            </th>
            <th scope="col">{t("status")}</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {clinics.map((clinic) => (
            <tr key={clinic.slug} className="[&>td]:px-4 [&>td]:py-3">
              <td className="text-muted-foreground">{clinic.shortNumber}</td>
              <td>
                <p className="font-medium">{clinic.name}</p>
                <p className="text-xs text-muted-foreground">
                  <bdi dir="ltr">/c/{clinic.slug}</bdi>
                </p>
              </td>
              <td className="max-sm:hidden">{countries.of(clinic.country) ?? clinic.country}</td>
              <td className="max-md:hidden">
                <bdi dir="ltr">{clinic.timeZone}</bdi>
              </td>
              <td>
                <Badge tone={clinic.status === "active" ? "success" : "warning"}>
                  {clinic.status === "active" ? <CircleCheckIcon aria-hidden /> : <CirclePauseIcon aria-hidden />}
                  {t(clinic.status)}
                </Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
