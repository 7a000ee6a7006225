import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/components/identity/auth-frame";
import { InviteForm } from "@/components/identity/invite-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth.invite"))("title"),
  referrer: "no-referrer", // the address is a secret
});

export default async function InvitePage({ params }: PageProps<"/invite/[token]">) {
  return (
    <AuthFrame>
      <InviteForm token={(await params).token} />
    </AuthFrame>
  );
}
