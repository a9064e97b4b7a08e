package io.modeldepot.store.integrity;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What must hold of the model repositories of inference servers. */
final class EngineChecks {
  private final Layout layout;
  private final FileCalls calls;

  EngineChecks(Layout layout, FileCalls calls) {
    this.layout = layout;
    this.calls = calls;
  }

  /** A folder of ours is there whole or not at all: its configuration, and a version in it. */
  void atAnyMoment(List<String> broken) throws IOException {
    for (Path folder : listed(broken)) {
      boolean there = calls.stat(folder).isPresent();
      if (there && !isWhole(folder)) {
        broken.add(layout.shown(folder) + " is not whole");
      }
    }
  }

  /** Every folder of ours is there. */
  void atRest(List<String> broken) throws IOException {
    for (Path folder : listed(new ArrayList<>())) {
      if (calls.stat(folder).isEmpty()) {
        broken.add(layout.shown(folder) + " is listed and not there");
      }
    }
  }

  private boolean isWhole(Path folder) throws IOException {
    boolean configured = calls.stat(folder.resolve("config.pbtxt")).isPresent();
    boolean versioned = false;
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, folder)) {
      versioned |= entry.stat().isFile() && entry.path().indexOf('/') > 0;
    }
    return configured && versioned;
  }

  private List<Path> listed(List<String> broken) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (calls.stat(layout.enginesPlaced()).filter(FileStat::isDirectory).isEmpty()) {
      return folders;
    }
    for (Path file : calls.entries(layout.enginesPlaced())) {
      try {
        JsonNode record = Wire.mapper().readTree(SafeFile.read(calls, file));
        for (JsonNode repository : record.path("repositories")) {
          folders.add(
              layout.triton().resolve(repository.asText()).resolve(record.path("model").asText()));
        }
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        broken.add(layout.shown(file) + " cannot be read");
      }
    }
    return folders;
  }
}
