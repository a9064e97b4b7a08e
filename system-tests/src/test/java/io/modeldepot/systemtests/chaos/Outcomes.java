package io.modeldepot.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.systemtests.depot.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of every request, as the registry, its trail and the topics tell it. */
final class Outcomes {
  private static final List<String> KINDS =
      List.of("downloads", "cleanups", "backups", "integrity");
  private static final Set<DownloadState> FINAL =
      EnumSet.of(
          DownloadState.DONE,
          DownloadState.FAILED,
          DownloadState.CANCELLED,
          DownloadState.EXPIRED,
          DownloadState.PLANNED);

  private final Site site;
  private final History history;
  private final RegistryClient registry;

  Outcomes(Site site, History history) {
    this.site = site;
    this.history = history;
    this.registry = site.registry();
  }

  /**
   * Requests that have not ended: those that somebody was told are accepted, and those that the
   * registry lists though nobody was told.
   */
  List<String> open() {
    List<String> open = new ArrayList<>();
    Set<String> ended = new HashSet<>();
    for (String kind : KINDS) {
      for (JsonNode one : registry.pages("/" + kind)) {
        String id = one.path("id").asText();
        if (one.path("final").asBoolean()) {
          ended.add(id);
        } else {
          open.add(kind + "/" + id + " is " + one.path("state").asText());
        }
      }
    }
    history.requests().stream()
        .filter(Asked::accepted)
        .filter(asked -> !ended.contains(asked.id()))
        .map(asked -> asked.kind() + "/" + asked.id())
        .filter(name -> open.stream().noneMatch(known -> known.startsWith(name + " ")))
        .forEach(name -> open.add(name + " is unknown"));
    return open;
  }

  /** How the requests ended, by kind and state. */
  Map<String, Integer> tally() {
    Map<String, Integer> tally = new TreeMap<>();
    for (String kind : KINDS) {
      for (JsonNode one : registry.pages("/" + kind)) {
        String code = one.at("/problem/code").asText();
        tally.merge(
            kind + " " + one.path("state").asText() + (code.isEmpty() ? "" : " (" + code + ")"),
            1,
            Integer::sum);
      }
    }
    return tally;
  }

  /** In the trail each request is asked for once and ends once. */
  List<String> trail() {
    Map<String, List<String>> byRequest = new HashMap<>();
    for (JsonNode entry : registry.pages("/audit")) {
      String id = entry.at("/detail/requestId").asText();
      if (!id.isEmpty()) {
        byRequest.computeIfAbsent(id, any -> new ArrayList<>()).add(entry.path("action").asText());
      }
    }
    List<String> broken = new ArrayList<>();
    for (Asked asked : history.requests()) {
      List<String> actions = byRequest.getOrDefault(asked.id(), List.of());
      long begins = actions.stream().filter(action -> action.endsWith(".requested")).count();
      long ends = actions.stream().filter(Outcomes::isEnd).count();
      boolean heardOf = asked.accepted() || !actions.isEmpty();
      if (heardOf && (begins != 1 || ends != 1)) {
        broken.add("The trail of " + asked.id() + " is " + actions);
      }
    }
    return broken;
  }

  private static boolean isEnd(String action) {
    return action.endsWith(".ended")
        || FINAL.stream()
            .anyMatch(
                state ->
                    action.equals("download." + state.name().toLowerCase(java.util.Locale.ROOT)));
  }

  /** On the topic a download has one end at most, and a generation one wording. */
  List<String> topics() {
    List<String> broken = new ArrayList<>();
    Map<String, Set<DownloadState>> ends = new TreeMap<>();
    for (DownloadProgressed said :
        site.topics().payloads("download-progressed", DownloadProgressed.class)) {
      if (FINAL.contains(said.state())) {
        ends.computeIfAbsent(
                said.requestId() + "@" + said.location(),
                any -> EnumSet.noneOf(DownloadState.class))
            .add(said.state());
      }
    }
    ends.forEach(
        (id, states) -> {
          if (states.size() > 1) {
            broken.add(id + " ended as " + states);
          }
        });
    Map<String, String> wordings = new HashMap<>();
    for (ModelVerified said : site.topics().payloads("model-verified", ModelVerified.class)) {
      String key = said.location() + "/" + said.model() + "@" + said.generation();
      String current = said.currentCommit();
      String before = wordings.putIfAbsent(key, current);
      if (before != null && !before.equals(current)) {
        broken.add(key + " made " + before + " current, and " + current);
      }
    }
    return broken;
  }

  /** What was brought in of a model that nobody may take anything from is still there. */
  List<String> lost(List<MovingModel> models) throws IOException {
    List<String> lost = new ArrayList<>();
    ModelStore store = ModelStore.open(site.models());
    for (MovingModel model : models) {
      if (model.isKept()) {
        for (JsonNode one : registry.pages("/downloads?model=" + model.name())) {
          String commit = commit(one);
          if (one.path("state").asText().equals("done")
              && CommitId.isOne(commit)
              && store.versions().manifest(model.name(), CommitId.of(commit)).isEmpty()) {
            lost.add(model.name() + "@" + commit + " of " + one.path("id").asText());
          }
        }
      }
    }
    return lost;
  }

  private static String commit(JsonNode download) {
    String commit = download.path("commit").asText();
    return commit.isEmpty() ? download.at("/locations/0/commit").asText() : commit;
  }
}
