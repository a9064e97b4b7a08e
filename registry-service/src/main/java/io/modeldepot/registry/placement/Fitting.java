package io.modeldepot.registry.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** For how many users a model fits, by what is known of its shape. */
@ApplicationScoped
public class Fitting {
  private final PlacementService placement;

  Fitting(PlacementService placement) {
    this.placement = placement;
  }

  /** A GPU. */
  public record Gpu(String host, String id) implements Comparable<Gpu> {
    @Override
    public int compareTo(Gpu other) {
      int hosts = host.compareTo(other.host);
      return hosts != 0 ? hosts : id.compareTo(other.id);
    }
  }

  /**
   * Users that fit each GPU while it is empty.
   *
   * @return empty where placement does not answer, or the shape is not known well enough
   */
  public Optional<Map<Gpu, Integer>> usersWhenEmpty(
      String model, ModelProfile profile, int contextTokens) {
    try {
      byte[] question =
          Wire.write(
              Wire.mapper()
                  .createObjectNode()
                  .put("model", model)
                  .put("users", 1)
                  .put("contextTokens", contextTokens)
                  .set("profile", Wire.mapper().valueToTree(profile)));
      if (!(placement.post("fit", question).getEntity() instanceof byte[] answer)) {
        return Optional.empty();
      }
      Map<Gpu, Integer> users = new TreeMap<>();
      for (JsonNode fit : Wire.mapper().readTree(answer).path("items")) {
        users.put(
            new Gpu(fit.path("host").asText(), fit.path("gpu").asText()),
            fit.path("usersThatFitWhenEmpty").asInt());
      }
      return users.isEmpty() ? Optional.empty() : Optional.of(users);
    } catch (ProblemException | IOException e) {
      return Optional.empty();
    }
  }
}
