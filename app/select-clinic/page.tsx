import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/components/identity/auth-frame";
import { ClinicChoice } from "@/components/identity/clinic-choice";
import { pageUser } from "@/lib/http/page";
import { describeMe } from "@/lib/identity/describe-me";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth.select"))("title"),
});

export default async function SelectClinicPage() {
  const { user, clinics } = describeMe(await pageUser());
  return (
    <AuthFrame>
      <ClinicChoice clinics={clinics} isAtHq={user.hqRole !== null} />
    </AuthFrame>
  );
}
