package io.modeldepot.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.RegistryClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether volume, topics and registry say the same; all three are asked anew each time. */
final class Agreement {
  private final Site site;
  private final List<ModelName> models;

  Agreement(Site site, List<ModelName> models) {
    this.site = site;
    this.models = models;
  }

  /** Where they differ, in words; empty if they agree. */
  List<String> differences() throws IOException {
    List<String> found = new ArrayList<>();
    RegistryClient registry = site.registry();
    ModelStore store = ModelStore.open(site.models());
    List<ModelVerified> announced = site.topics().payloads("model-verified", ModelVerified.class);
    for (ModelName model : models) {
      compare(found, model, store, announced, registry);
    }
    placements(found, registry);
    Answer status = registry.get("/status");
    if (status.body().at("/outbox/pending").asInt(-1) != 0) {
      found.add("The outbox holds " + status.body().at("/outbox/pending"));
    }
    return found;
  }

  private static void compare(
      List<String> found,
      ModelName model,
      ModelStore store,
      List<ModelVerified> announced,
      RegistryClient registry)
      throws IOException {
    Set<String> onVolume = new HashSet<>();
    for (CommitId commit : store.versions().commits(model)) {
      if (store.versions().manifest(model, commit).isPresent()) {
        onVolume.add(commit.value());
      }
    }
    String current =
        store.versions().current(model).flatMap(Current::commit).map(CommitId::value).orElse("");

    Map<CommitId, ModelVerified> last = new HashMap<>();
    announced.stream()
        .filter(said -> said.model().equals(model))
        .forEach(said -> last.merge(said.commit(), said, Agreement::later));
    same(found, model + ", versions on topic", onVolume, present(last));
    if (!last.isEmpty()) {
      String said =
          last.values().stream()
              .max(Comparator.comparingLong(ModelVerified::generation))
              .map(ModelVerified::currentCommit)
              .orElse("");
      same(found, model + ", current on topic", current, said);
    }

    Answer listed = registry.get("/models/" + model + "/versions?limit=200");
    Set<String> shown = new HashSet<>();
    for (JsonNode one : listed.body().path("items")) {
      if (one.path("state").asText().equals("present")) {
        shown.add(one.path("commit").asText());
      }
    }
    same(found, model + ", versions in the registry", onVolume, shown);
    JsonNode entry = registry.get("/models/" + model).body();
    same(found, model + ", current in the registry", current, entry.at("/current/commit").asText());
    boolean active = java.nio.file.Files.isSymbolicLink(store.layout().active(model));
    same(found, model + ", active", active, entry.path("active").asBoolean() && !current.isEmpty());
  }

  private static ModelVerified later(ModelVerified one, ModelVerified other) {
    return other.generation() >= one.generation() ? other : one;
  }

  private static Set<String> present(Map<CommitId, ModelVerified> last) {
    return last.values().stream()
        .filter(said -> said.state() == VersionState.PRESENT)
        .map(said -> said.commit().value())
        .collect(Collectors.toSet());
  }

  private void placements(List<String> found, RegistryClient registry) {
    Map<ModelName, Long> decided = new HashMap<>();
    site.topics()
        .payloads("model-placed", ModelPlaced.class)
        .forEach(said -> decided.merge(said.model(), said.generation(), Math::max));
    for (ModelName model : models) {
      JsonNode shown = registry.get("/placements/" + model).body();
      same(
          found,
          model + ", plan of its placement",
          decided.getOrDefault(model, 0L),
          shown.path("plan").asLong());
    }
  }

  private static void same(List<String> found, String what, Object volume, Object said) {
    if (!volume.equals(said)) {
      found.add(what + ": " + said + ", but it is " + volume);
    }
  }
}
