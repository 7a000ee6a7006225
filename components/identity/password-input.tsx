"use client";
import { EyeIcon, EyeOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

export function PasswordInput(props: ComponentProps<"input">) {
  const t = useTranslations("auth");
  const [isShown, show] = useState(false);
  return (
    <div className="relative">
      <Input {...props} type={isShown ? "text" : "password"} dir="ltr" className="pe-10 rtl:text-end" />
      <Button
        variant="ghost"
        size="iconSm"
        className="absolute inset-y-0 end-1 my-auto"
        aria-label={t(isShown ? "hidePassword" : "showPassword")}
        aria-pressed={isShown}
        onClick={() => show(!isShown)}
      >
        {isShown ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
      </Button>
    </div>
  );
}
