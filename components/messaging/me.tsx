"use client";
import { createContext, type ReactNode, useContext } from "react";

export interface Me {
  id: string;
  name: string;
}

const Reader = createContext<Me>({ id: "", name: "" });

/** Who reads the inbox: to whom "mine" and "assign to me" refer. */
export const useMe = (): Me => useContext(Reader);

export const MeProvider = ({ me, children }: { me: Me; children: ReactNode }) => (
  <Reader.Provider value={me}>{children}</Reader.Provider>
);
