"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { membersQuery } from "./set-up-queries";

const NOBODY = "nobody";

interface LinkedMemberProps {
  userId: string | null;
  onChange: (userId: string | null) => void;
}

/** Whose log-in opens on this provider's day. Who is another's already can't be chosen. */
export function LinkedMember({ userId, onChange }: LinkedMemberProps) {
  const t = useTranslations("setUp.providers");
  const { slug } = useClinic();
  const members = (useQuery(membersQuery(slug)).data ?? []).filter(
    ({ id, provider_id }) => provider_id === null || id === userId,
  );
  return (
    <Field label={t("user")} hint={t("userHint")}>
      {(control) => (
        <Select value={userId ?? NOBODY} onValueChange={(id) => onChange(id === NOBODY ? null : id)}>
          <SelectTrigger {...control} className="h-9">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={NOBODY}>{t("noUser")}</SelectItem>
            {members.map(({ id, name }) => (
              <SelectItem key={id} value={id}>
                {name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
