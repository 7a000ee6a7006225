import { CompassIcon } from "lucide-react";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { FullPage } from "@/components/shared/full-page";
import { Button } from "@/components/ui/button";

export default async function NotFound() {
  const t = await getTranslations("common");
  const home = (
    <Button asChild>
      <Link href="/">{t("goHome")}</Link>
    </Button>
  );
  return <FullPage icon={CompassIcon} title={t("notFoundTitle")} text={t("notFoundText")} action={home} />;
}
