package io.modeldepot.registry.overview;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The depot at a glance, over REST. */
@Path("/api/v1/status")
@Tag(name = "status")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
  private final Overview overview;

  StatusResource(Overview overview) {
    this.overview = overview;
  }

  @GET
  @Operation(summary = "Services, what there is, and what needs attention")
  public Status now() {
    return overview.now();
  }
}
