package io.modeldepot.registry.dump;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The registry's data over REST, for backups. */
@Path("/api/v1/registry-dump")
@Tag(name = "registry-dump")
@RunOnVirtualThread
public class RegistryDumpResource {
  private final RegistryDump dump;

  RegistryDumpResource(RegistryDump dump) {
    this.dump = dump;
  }

  @GET
  @Produces("application/x-ndjson")
  @Operation(
      summary = "Every table as lines of JSON, of one moment",
      description =
          "The first line has the audit chain's head, the last one the number of rows; a dump without"
              + " its last line is none.")
  public StreamingOutput get() {
    return dump::writeTo;
  }
}
