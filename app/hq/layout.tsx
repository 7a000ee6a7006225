import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/shared/logo";
import { HqMenu } from "@/components/shell/hq-menu";
import { pageHq } from "@/lib/http/page";

export default async function HqLayout({ children }: LayoutProps<"/hq">) {
  const { me } = await pageHq("clinic.list");
  const t = await getTranslations("nav");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center gap-3 border-b bg-card px-4 md:px-6">
        <Logo className="size-6" />
        <span className="me-auto text-sm font-semibold">{t("hq")}</span>
        <HqMenu name={me.user.name} />
      </header>
      <main id="main" className="flex-1">
        {children}
      </main>
    </div>
  );
}
