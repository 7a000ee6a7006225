import { CircleCheckIcon, MailIcon, UnlinkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

interface Page {
  clinic: { name: string; phone: string };
  address: string;
  purpose: "service" | "marketing";
  isOut: Record<"service" | "marketing", boolean>;
}

interface UnsubscribeCardProps {
  /** Where the choice is posted. */
  action: string;
  page: Page | undefined;
}

/** What a person can end by the link of a letter, or has ended; a plain form, so that it works in any browser. */
export function UnsubscribeCard({ action, page }: UnsubscribeCardProps) {
  const t = useTranslations("messaging.unsubscribe");
  if (!page)
    return (
      <Frame icon={<UnlinkIcon aria-hidden />} title={t("gone")}>
        <p>{t("goneText")}</p>
      </Frame>
    );
  const words = {
    clinic: page.clinic.name,
    address: () => <bdi dir="ltr">{page.address}</bdi>,
    phone: () => (
      <a href={`tel:${page.clinic.phone}`} dir="ltr" className="font-medium text-primary-text hover:underline">
        {page.clinic.phone}
      </a>
    ),
  };
  const { isOut } = page;
  if (isOut.service || (isOut.marketing && page.purpose === "marketing"))
    return (
      <Frame icon={<CircleCheckIcon aria-hidden />} title={t(isOut.service ? "doneAll" : "doneMarketing")}>
        <p>{t.rich(isOut.service ? "doneAllText" : "doneMarketingText", words)}</p>
        <p className="text-sm text-muted-foreground">{t.rich("changed", words)}</p>
        {!isOut.service && <Choice action={action} end="service" label={t("endAll")} variant="ghost" />}
      </Frame>
    );
  // What the letter's link is about comes first.
  const both = page.purpose === "service" ? (["service", "marketing"] as const) : (["marketing", "service"] as const);
  const choices = both.filter((end) => !isOut[end]);
  return (
    <Frame icon={<MailIcon aria-hidden />} title={t("title", { clinic: page.clinic.name })}>
      <p>{t.rich(page.purpose === "marketing" ? "marketingText" : "serviceText", words)}</p>
      {page.purpose === "marketing" && <p className="text-sm text-muted-foreground">{t.rich("address", words)}</p>}
      <div className="grid gap-2">
        {choices.map((end, at) => (
          <Choice
            key={end}
            action={action}
            end={end}
            label={t(end === "service" ? "endAll" : "endMarketing")}
            variant={at === 0 ? "primary" : "outline"}
          />
        ))}
      </div>
    </Frame>
  );
}

interface ChoiceProps {
  action: string;
  end: "service" | "marketing";
  label: string;
  variant: "primary" | "outline" | "ghost";
}

function Choice({ action, end, label, variant }: ChoiceProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="end" value={end} />
      <Button type="submit" variant={variant} className="h-11 w-full text-base">
        {label}
      </Button>
    </form>
  );
}

function Frame({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <Card className="grid w-full max-w-md gap-4 p-6 sm:p-8">
      <span className="flex size-10 items-center justify-center rounded-full bg-primary-soft text-primary-text [&_svg]:size-5">
        {icon}
      </span>
      <h1 className="text-xl font-semibold text-balance">{title}</h1>
      {children}
    </Card>
  );
}
