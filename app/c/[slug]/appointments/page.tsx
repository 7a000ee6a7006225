import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AppointmentTable } from "@/components/scheduling/appointments/appointment-table";
import { pageClinic } from "@/lib/http/page";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("nav"))("appointments"),
});

export default async function AppointmentsPage({ params }: PageProps<"/c/[slug]/appointments">) {
  await pageClinic((await params).slug, "appointment.read");
  return <AppointmentTable />;
}
