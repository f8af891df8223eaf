import type { components } from "./openapi";

// Until src/api/openapi.json has these routes of its own.
declare module "./openapi" {
  interface paths {
    "/api/v1/admin/screens": {
      get: {
        responses: {
          200: {
            content: {
              "application/json": {
                screens: { id: string; name: string; opened_by: string; opened_at: string }[];
                request_id: components["schemas"]["RequestId"];
              };
            };
          };
        };
      };
      post?: never;
      patch?: never;
    };
    "/api/v1/admin/screens/{id}/end": {
      get?: never;
      post: {
        parameters: { path: { id: string } };
        responses: { 200: { content: { "application/json": { id: string; request_id: components["schemas"]["RequestId"] } } } };
      };
      patch?: never;
    };
  }
}
