import { getTranslations } from "next-intl/server";
import { SettingsTabs } from "@/components/settings/settings-tabs";
import { PageHeader } from "@/components/shared/page-header";

export default async function SettingsLayout({ children }: LayoutProps<"/c/[slug]/settings">) {
  const t = await getTranslations("settings");
  return (
    <div className="mx-auto w-full max-w-4xl space-y-4 p-4 md:p-6">
      <PageHeader title={t("title")} />
      <SettingsTabs />
      {children}
    </div>
  );
}
