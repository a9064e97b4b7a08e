package io.modeldepot.registry.downloads;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.versions.Commits;
import io.modeldepot.registry.versions.VersionView;
import io.modeldepot.registry.versions.Versions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Going back is a download of what is there already. */
@Path("/api/v1/models/{model}/rollback")
@Tag(name = "versions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RollbackResource {
  private final Versions versions;
  private final Asking asking;

  RollbackResource(Versions versions, Asking asking) {
    this.versions = versions;
    this.asking = asking;
  }

  /** Which version to go back to. */
  public record Rollback(String commit) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a version current again that is still here",
      description = "A download request pinned to the commit; nothing is transferred.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DownloadView.class)))
  public Response rollback(
      @PathParam("model") String model,
      @RequestBody(content = @Content(schema = @Schema(implementation = Rollback.class)))
          byte @Nullable [] body,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("Prefer") @Nullable String prefer) {
    ModelName name = Names.model(model);
    String wanted = Bodies.object(body).path("commit").asText("");
    if (wanted.isEmpty()) {
      throw ProblemException.invalid("/commit", "A commit is required.");
    }
    VersionView version = Commits.find(versions.of(name), model, wanted, Optional.empty());
    if (version.state().equals("damaged")) {
      throw ProblemException.of(
          ProblemCode.NOT_PRESENT,
          model + "@" + version.commit() + " is damaged; repair it first.",
          Map.of("commit", version.commit(), "state", version.state()));
    }
    return asking.ask(
        RequestRules.rollback(name, CommitId.of(version.commit())),
        Optional.ofNullable(key),
        Optional.ofNullable(prefer));
  }
}
