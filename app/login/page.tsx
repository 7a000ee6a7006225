import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AuthFrame } from "@/components/identity/auth-frame";
import { LoginForm } from "@/components/identity/login-form";
import { env } from "@/lib/core/env";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("auth"))("title") });

export default function LoginPage() {
  return (
    <AuthFrame>
      <Suspense>
        <LoginForm isDemo={env().mode === "demo"} />
      </Suspense>
    </AuthFrame>
  );
}
