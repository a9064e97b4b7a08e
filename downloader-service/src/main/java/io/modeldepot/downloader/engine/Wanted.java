package io.modeldepot.downloader.engine;

import io.modeldepot.events.state.EngineFile;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.engine.PlacedFiles;
import io.modeldepot.store.engine.RepositoryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a decision wants of this location.
 *
 * @param files to be published
 * @param faults servers for which it cannot be published, with the cause
 */
record Wanted(PlacedFiles files, List<EngineServer> faults) {
  private static final String CONFIGURATION = "config.pbtxt";

  static Wanted of(ModelPlaced placed, LocationName location) {
    Map<RepositoryName, Map<String, String>> folders = new TreeMap<>();
    List<EngineServer> faults = new ArrayList<>();
    for (Replica replica : placed.replicas()) {
      if (replica.location().equals(location) && !replica.engine().files().isEmpty()) {
        List<String> gpus = replica.gpus().stream().map(GpuShare::id).toList();
        try {
          folders.put(RepositoryName.of(replica.host(), gpus), folder(placed, replica));
        } catch (IllegalArgumentException e) {
          faults.add(
              new EngineServer(
                  replica.host(),
                  String.join("+", gpus),
                  EngineState.FAILED,
                  Optional.ofNullable(e.getMessage())));
        }
      }
    }
    return new Wanted(new PlacedFiles(placed.model(), placed.generation(), folders), faults);
  }

  /** How a server tells this from another content of the same folder. */
  Optional<String> mark(RepositoryName repository) {
    Map<String, String> folder = files.folders().getOrDefault(repository, Map.of());
    return EngineMark.in(folder.getOrDefault(CONFIGURATION, ""));
  }

  private static Map<String, String> folder(ModelPlaced placed, Replica replica) {
    String prefix = placed.model() + "/";
    Map<String, String> folder = new LinkedHashMap<>();
    for (EngineFile file : replica.engine().files()) {
      if (!file.path().startsWith(prefix)) {
        throw new IllegalArgumentException(
            "The file " + file.path() + " is not in the folder of " + placed.model() + ".");
      }
      folder.put(file.path().substring(prefix.length()), file.content());
    }
    return folder;
  }
}
