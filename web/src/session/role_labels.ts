import type { Role } from "./session";

export const roleLabels: Record<Role, string> = { customer: "Customer", staff: "Staff", admin: "Administrator" };
