"use client";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

const isTheme = (value: string | undefined): value is "light" | "dark" | "system" =>
  value === "light" || value === "dark" || value === "system";

export function Toaster({ dir, label }: { dir: "ltr" | "rtl"; label: string }) {
  const { theme } = useTheme();
  return (
    <Sonner
      dir={dir}
      containerAriaLabel={label}
      theme={isTheme(theme) ? theme : "system"}
      position={dir === "rtl" ? "bottom-left" : "bottom-right"}
      offset={16}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        classNames: {
          toast:
            "!rounded-lg !border-border !bg-popover !text-popover-foreground !shadow-float !font-sans pointer-events-auto",
        },
      }}
    />
  );
}
