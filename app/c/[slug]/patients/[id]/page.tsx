import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PatientRecord } from "@/components/patients/patient-record";
import { pageClinic } from "@/lib/http/page";

/** The name of the patient stays out of the title, and so out of the browser's history. */
export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("nav"))("patients") });

export default async function PatientPage({ params }: PageProps<"/c/[slug]/patients/[id]">) {
  const { slug, id } = await params;
  await pageClinic(slug, "patient.read");
  return <PatientRecord id={id} />;
}
