"use client";
import { useMutation } from "@tanstack/react-query";
import { EyeIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { api } from "@/lib/http/client";
import { REVEAL_REASONS } from "@/lib/patients/schema";

const Shown = z.object({ value: z.string() });

/** A number that is shown whole once its reader says why: until they leave the page, and in nothing that is kept. */
export function MaskedNumber({ id, masked }: { id: string; masked: string }) {
  const t = useTranslations("patients.reveal");
  const { slug } = useClinic();
  const [value, setValue] = useState<string>();
  const onError = useToastError();
  const reveal = useMutation({
    mutationFn: (reason: (typeof REVEAL_REASONS)[number]) =>
      api(Shown, `/api/clinic/${slug}/contact-points/${id}/reveal`, { method: "POST", json: { reason } }),
    onSuccess: (shown) => setValue(shown.value),
    onError,
  });
  if (value !== undefined)
    return (
      <bdi dir="ltr" role="status">
        {value}
      </bdi>
    );
  return (
    <span className="inline-flex items-center gap-1.5">
      <bdi dir="ltr">{masked}</bdi>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" disabled={reveal.isPending}>
            <EyeIcon aria-hidden className="size-3.5" />
            {t("show")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-72">
          <DropdownMenuLabel>{t("why")}</DropdownMenuLabel>
          {REVEAL_REASONS.map((reason) => (
            <DropdownMenuItem key={reason} onSelect={() => reveal.mutate(reason)}>
              {t(`reasons.${reason}`)}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}
