package io.modeldepot.registry.dump;

import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.AuditHead;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.intake.StateIntake;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The registry's data over REST, for backups. */
@Path("/api/v1/registry-dump")
@Tag(name = "registry-dump")
@RunOnVirtualThread
public class RegistryDumpResource {
  private static final long MOST_BYTES = 64L << 30;
  private static final int AFTER_THE_LIMIT = -1;

  private final RegistryDump dump;
  private final RegistryRestore restore;
  private final StateIntake topics;
  private final Caller caller;

  RegistryDumpResource(
      RegistryDump dump, RegistryRestore restore, StateIntake topics, Caller caller) {
    this.dump = dump;
    this.restore = restore;
    this.topics = topics;
    this.caller = caller;
  }

  /** A dump is larger than any other body, and is read as it comes. */
  static void allow(@Observes Router router) {
    router
        .put("/api/v1/registry-dump")
        .order(AFTER_THE_LIMIT)
        .handler(
            request -> {
              request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST_BYTES);
              request.next();
            });
  }

  @PUT
  @Consumes("application/x-ndjson")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Put a dump back into a registry that knows nothing of its own",
      description =
          "All of it in one transaction, or nothing. The same dump again changes nothing; a registry in"
              + " whose audit trail is anything but its own beginning refuses. seq and hash are the"
              + " head that the backup names. Sent in chunks, without a Content-Length.")
  public RegistryRestore.Outcome put(
      InputStream body,
      @QueryParam("seq") @Nullable Long seq,
      @QueryParam("hash") @Nullable String hash) {
    Optional<AuditHead> expected =
        seq == null || hash == null ? Optional.empty() : Optional.of(new AuditHead(seq, hash));
    RegistryRestore.Outcome outcome =
        restore.from(body, expected, Origin.rest(caller.actor(), Ids.event()));
    if (outcome.restored()) {
      topics.compareAgain();
    }
    return outcome;
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
