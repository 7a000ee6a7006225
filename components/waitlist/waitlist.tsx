"use client";
import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useKeys } from "@/components/shared/keys";
import { ZoneNote } from "@/components/shared/local-time";
import { PageHeader } from "@/components/shared/page-header";
import { Button } from "@/components/ui/button";
import { may } from "@/lib/identity/permissions";
import { AddDialog } from "./add-dialog";
import { Entries } from "./entries";
import { Slots } from "./slots";

/** Who wants an earlier visit, and what of the freed times is being offered to them, live. */
export function Waitlist() {
  const t = useTranslations("waitlist");
  const { role } = useClinic();
  const mayAct = may(role, "waitlist.write");
  const [isAdding, setAdding] = useState(false);
  useKeys({ n: () => mayAct && setAdding(true) });
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-6 p-4 md:p-6 lg:p-8">
      <PageHeader
        title={t("title")}
        description={
          <>
            {t("text")}
            <ZoneNote />
          </>
        }
        actions={
          mayAct && (
            <Button variant="primary" aria-keyshortcuts="N" onClick={() => setAdding(true)}>
              <PlusIcon aria-hidden />
              {t("add")}
            </Button>
          )
        }
      />
      <Slots mayAct={mayAct} />
      <Entries mayAct={mayAct} />
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </div>
  );
}
