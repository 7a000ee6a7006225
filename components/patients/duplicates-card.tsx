"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { may } from "@/lib/identity/permissions";
import type { PatientDetail } from "@/lib/patients/schema";

interface DuplicatesCardProps {
  duplicates: PatientDetail["possible_duplicates"];
  onCompare: (id: string) => void;
}

/** Other records of the same name, or of the same birth date at the same number. */
export function DuplicatesCard({ duplicates, onCompare }: DuplicatesCardProps) {
  const t = useTranslations("patients.duplicates");
  const { slug, role } = useClinic();
  if (duplicates.length === 0) return null;
  return (
    <Card className="border-warning/40">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <ul className="divide-y">
        {duplicates.map((one) => (
          <li key={one.id} className="flex items-center gap-3 px-4 py-2.5">
            <div className="min-w-0 flex-1">
              <Link href={`/c/${slug}/patients/${one.id}`} className="block truncate font-medium hover:underline">
                <bdi>{one.name}</bdi>
              </Link>
              <p className="truncate text-xs text-muted-foreground">
                <bdi dir="ltr">{[one.phone, one.birth_date].filter(Boolean).join(" · ")}</bdi>
              </p>
            </div>
            {may(role, "patient.write") && (
              <Button size="sm" onClick={() => onCompare(one.id)}>
                {t("compare")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
