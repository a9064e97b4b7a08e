package io.modeldepot.registry.compare;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.registry.compare.Comparison.MemoryEffect;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.placement.Fitting;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The read difference of two versions. */
@Path("/api/v1/models/{model}/compare")
@Tag(name = "versions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CompareResource {
  private final Sides sides;
  private final Fitting fitting;

  CompareResource(Sides sides, Fitting fitting) {
    this.sides = sides;
    this.fitting = fitting;
  }

  @GET
  @Operation(
      summary = "What changes from one version to another",
      description =
          "Weights by digests; configuration, tokenizer, chat template and generation defaults as"
              + " they were read; licence and gate. A version is current, upstream (as the last"
              + " plan of its branch saw it), a commit, its beginning, or a revision.")
  public Comparison compare(
      @PathParam("model") String model,
      @QueryParam("from") @DefaultValue(Sides.CURRENT) String from,
      @QueryParam("to") @DefaultValue(Sides.UPSTREAM) String to,
      @QueryParam("raw") @DefaultValue("false") boolean raw) {
    ModelName name = Names.model(model);
    Side before = sides.find(name, from);
    Side after = sides.find(name, to);
    Comparison said = Comparer.compare(name.value(), from, before, to, after);
    said = said.withMemory(memory(name, before.profile(), after.profile()));
    return raw ? said.withRaw(RawDiff.of(before, after)) : said;
  }

  /** Asked only where the shape differs; what placement does not know is left out. */
  private List<MemoryEffect> memory(
      ModelName model, Optional<ModelProfile> from, Optional<ModelProfile> to) {
    if (MemoryWords.of(from, to).isEmpty()) {
      return List.of();
    }
    Map<Fitting.Gpu, Integer> before = users(model, from).orElse(Map.of());
    Map<Fitting.Gpu, Integer> after =
        before.isEmpty() ? Map.of() : users(model, to).orElse(Map.of());
    List<MemoryEffect> effect = new ArrayList<>();
    after.forEach(
        (gpu, users) -> {
          Integer usersBefore = before.get(gpu);
          if (usersBefore != null && !usersBefore.equals(users)) {
            effect.add(new MemoryEffect(gpu.host(), gpu.id(), usersBefore, users));
          }
        });
    return effect;
  }

  private Optional<Map<Fitting.Gpu, Integer>> users(
      ModelName model, Optional<ModelProfile> profile) {
    return profile.flatMap(
        it ->
            it.contextTokens()
                .flatMap(context -> fitting.usersWhenEmpty(model.value(), it, context)));
  }
}
