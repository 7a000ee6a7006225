import { CalendarCheck2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

const LINES = ["patient", "bot", "yes"] as const;

/** A picture of what the bot does; nothing of it is data. */
export function TalkPreview() {
  const t = useTranslations("auth.panel");
  return (
    <div className="flex w-full max-w-sm flex-col gap-3">
      {LINES.map((line) => (
        <p
          key={line}
          className={cn(
            "max-w-[80%] rounded-xl px-4 py-2.5 text-[0.9375rem] leading-relaxed shadow-raised",
            line === "bot"
              ? "self-start rounded-es-sm border bg-card"
              : "self-end rounded-ee-sm bg-primary text-primary-foreground",
          )}
        >
          {t(line)}
        </p>
      ))}
      <p className="mt-3 flex items-center gap-2 self-center rounded-full border bg-card py-1.5 ps-2.5 pe-4 text-sm font-medium shadow-raised">
        <CalendarCheck2Icon aria-hidden className="size-4 text-primary-text" />
        {t("booked")}
      </p>
    </div>
  );
}
