"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { ApiError } from "@/lib/http/client";
import { useSavePreferences } from "./queries";

/** The number to which a member's alerts by SMS go; empty: none are texted. */
export function AlertPhone({ phone }: { phone: string | null }) {
  const t = useTranslations("notifications.phone");
  const words = useErrorWords();
  const { slug } = useClinic();
  const save = useSavePreferences(slug);
  const [value, setValue] = useState(phone ?? "");
  const refusal = save.error instanceof ApiError && save.error.code === "VALIDATION_FAILED" ? t("wrong") : undefined;
  const problem = save.isError ? (refusal ?? words(save.error)) : undefined;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <form
        className="flex items-start gap-2 p-4 pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          const json = { preferences: [], phone: value.trim() || null };
          save.mutate(json, { onSuccess: () => void toast.success(t("saved")) });
        }}
      >
        <div className="flex-1">
          <Field label={t("label")} hint={t("hint")} error={problem}>
            {(control) => (
              <Input
                {...control}
                type="tel"
                autoComplete="tel"
                dir="ltr"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button type="submit" variant="outline" className="mt-5.5" disabled={save.isPending || value === (phone ?? "")}>
          {t("save")}
        </Button>
      </form>
    </Card>
  );
}
