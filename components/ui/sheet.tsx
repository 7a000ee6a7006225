"use client";
import { Dialog as SheetPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { CloseButton, keepOpenForToasts, overlayClasses } from "./dialog";

export const Sheet = SheetPrimitive.Root;
export const SheetTrigger = SheetPrimitive.Trigger;

const SIDES = {
  end: "inset-y-0 end-0 h-full w-full max-w-md border-s data-[state=closed]:slide-out-to-end data-[state=open]:slide-in-from-end",
  bottom:
    "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl pb-safe data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom",
};

export function SheetContent({
  className,
  children,
  side = "end",
  ...props
}: ComponentProps<typeof SheetPrimitive.Content> & { side?: keyof typeof SIDES }) {
  return (
    <SheetPrimitive.Portal>
      <SheetPrimitive.Overlay className={overlayClasses} />
      <SheetPrimitive.Content
        aria-describedby={undefined}
        onInteractOutside={keepOpenForToasts}
        className={cn(
          "fixed z-50 flex flex-col overflow-hidden bg-popover text-popover-foreground shadow-float data-[state=closed]:animate-out data-[state=closed]:duration-150 data-[state=open]:animate-in data-[state=open]:duration-200",
          SIDES[side],
          className,
        )}
        {...props}
      >
        {side === "bottom" && <span aria-hidden className="mx-auto mt-2 h-1 w-9 shrink-0 rounded-full bg-border" />}
        {children}
        <CloseButton />
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  );
}

export function SheetTitle({ className, ...props }: ComponentProps<typeof SheetPrimitive.Title>) {
  return <SheetPrimitive.Title className={cn("px-4 pt-4 pb-2 pe-14 text-base font-semibold", className)} {...props} />;
}
