import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PatientList } from "@/components/patients/patient-list";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("patients") });

export default async function PatientsPage({ params }: PageProps<"/c/[slug]/patients">) {
  await pageClinic((await params).slug, "patient.read");
  return <PatientList />;
}
