import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClinicTable } from "@/components/clinics/clinic-table";
import { PageHeader } from "@/components/shared/page-header";
import { listClinics } from "@/lib/clinics/list-clinics";
import { pageHq } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("nav"))("hqClinics.title"),
});

export default async function HqClinicsPage() {
  const { ctx } = await pageHq("clinic.list");
  const t = await getTranslations("nav.hqClinics");
  const { items } = (await listClinics(ctx)).data;
  return (
    <div className="mx-auto grid w-full max-w-5xl gap-6 p-4 md:p-8">
      <PageHeader title={t("title")} description={t("text", { count: items.length })} />
      <ClinicTable
        clinics={items.map(({ slug, shortNumber, name, country, timeZone, status }) => ({
          slug,
          shortNumber,
          name,
          country,
          timeZone,
          status,
        }))}
      />
    </div>
  );
}
