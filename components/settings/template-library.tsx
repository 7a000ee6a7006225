"use client";
import { useQuery } from "@tanstack/react-query";
import { FileTextIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { APPROVAL_TONES } from "./approval-tones";
import { usePurposeName } from "./purpose-name";
import { ApprovalReason, ApprovalsRead } from "./template-approvals";
import { TemplateDialog } from "./template-dialog";
import { type Template, templateLibraryQuery } from "./template-queries";

const LANGUAGES: Record<string, string> = { en: "English", ar: "العربية", es: "Español" };

/** The texts that may go out when the window for free text is closed, by language. */
export function TemplateLibrary() {
  const t = useTranslations("settings.templates");
  const own = useLocale();
  const { slug } = useClinic();
  const library = useQuery(templateLibraryQuery(slug));
  const [chosen, setChosen] = useQueryState("language", parseAsString);
  const [openId, setOpenId] = useState<string>();
  if (library.isPending) return <Skeleton className="h-96 w-full rounded-lg" />;
  if (library.isError) return <ErrorState error={library.error} retry={() => void library.refetch()} />;
  const { items } = library.data;
  const languages = [...new Set(items.map(({ locale }) => locale))];
  const language = languages.find((one) => one === (chosen ?? own)) ?? languages[0];
  const open = items.find(({ id }) => id === openId);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-xl text-sm text-muted-foreground">{t("text")}</p>
        <Tabs value={language} onValueChange={(value) => void setChosen(value)}>
          <TabsList>
            {languages.map((one) => (
              <TabsTrigger key={one} value={one} lang={one}>
                {LANGUAGES[one] ?? one}
              </TabsTrigger>
            ))}
          </TabsList>
        </Tabs>
      </div>
      <ApprovalsRead />
      {items.length === 0 ? (
        <EmptyState icon={FileTextIcon} title={t("empty")} text={t("emptyText")} />
      ) : (
        <Card className="gap-0 p-0">
          <ul className="divide-y">
            {items
              .filter(({ locale }) => locale === language)
              .map((template) => (
                <TemplateRow key={template.id} template={template} onOpen={() => setOpenId(template.id)} />
              ))}
          </ul>
        </Card>
      )}
      {open && <TemplateDialog key={open.id} template={open} onClose={() => setOpenId(undefined)} />}
    </div>
  );
}

function TemplateRow({ template, onOpen }: { template: Template; onOpen: () => void }) {
  const t = useTranslations("settings.templates");
  const nameOf = usePurposeName();
  const { locale, body, category, approval } = template;
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="grid w-full gap-1 px-4 py-3 text-start -outline-offset-2 transition-colors hover:bg-muted"
      >
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{nameOf(template)}</span>
          <Badge tone="outline">{t(`categories.${category}`)}</Badge>
          <Badge tone={APPROVAL_TONES[approval]}>{t(`approvals.${approval}`)}</Badge>
        </span>
        <span lang={locale} dir="auto" className="line-clamp-2 text-sm text-muted-foreground">
          {body}
        </span>
        <ApprovalReason template={template} className="text-xs text-warning" />
      </button>
    </li>
  );
}
