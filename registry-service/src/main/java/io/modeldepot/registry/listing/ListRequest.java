package io.modeldepot.registry.listing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that every list takes. */
public class ListRequest {
  @QueryParam("filter")
  @Parameter(
      description =
          "field, comparison, value: size>30g, verified<7d, family=llama, name~code; all must hold")
  @Nullable List<String> filter;

  @QueryParam("sort")
  @Parameter(description = "field, or field:asc, field:desc")
  @Nullable String sort;

  @QueryParam("limit")
  @DefaultValue("100")
  @Parameter(description = "1 to 500")
  String limit;

  @QueryParam("cursor")
  @Parameter(description = "next of the page before")
  @Nullable String cursor;

  /** A request for the first page in the standard order. */
  @SuppressWarnings("NullAway.Init") // the framework sets the default
  public ListRequest() {}
}
