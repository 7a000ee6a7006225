"use client";
import { useFormatter, useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Tooltip } from "@/components/ui/tooltip";

export interface Viewer {
  id: string;
  name: string;
  is_typing: boolean;
}

const MOST_FACES = 3;

/** The faces of those who have the same thread open. */
export function ViewerFaces({ viewers }: { viewers: readonly Viewer[] }) {
  const t = useTranslations("inbox.viewers");
  const format = useFormatter();
  if (viewers.length === 0) return null;
  const label = t("here", { names: format.list(viewers.map(({ name }) => name)), count: viewers.length });
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label} tabIndex={0} className="flex -space-x-2 rounded-full rtl:space-x-reverse">
        {viewers.slice(0, MOST_FACES).map(({ id, name }) => (
          <Avatar key={id} name={name} className="size-7 rounded-full text-2xs ring-2 ring-card" />
        ))}
      </span>
    </Tooltip>
  );
}

/** A colleague who is writing in this thread: said where one's own words would begin. */
export function TypingLine({ viewers }: { viewers: readonly Viewer[] }) {
  const t = useTranslations("inbox.viewers");
  const format = useFormatter();
  const names = viewers.filter(({ is_typing: isTyping }) => isTyping).map(({ name }) => name);
  return (
    <p role="status" className="px-4 text-xs text-warning md:px-6">
      {names.length > 0 && (
        <span className="block pb-1.5">{t("typing", { names: format.list(names), count: names.length })}</span>
      )}
    </p>
  );
}
