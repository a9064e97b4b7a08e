package io.modeldepot.cli.command.doctor;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code doctor --fix} can do: each by its name, each safe to repeat. */
final class Fixes {
  private static final int FILE_MODE = 0444;
  private static final int DIRECTORY_MODE = 0755;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;

  Fixes(Session session) {
    this.session = session;
  }

  String fix(String name) {
    try {
      ModelStore store = Volumes.openToWrite(session);
      return switch (name) {
        case "wrong-mode" -> modes(store);
        case "views" -> views(store);
        default ->
            throw Failure.usage("there is no fix called \"" + name + "\"")
                .tryThis(Try.words("the fixes are: wrong-mode, views"));
      };
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  private String modes(ModelStore store) throws IOException {
    List<Path> files = WritableFiles.of(store).files();
    for (Path file : files) {
      store.volume().calls().chmod(file, FILE_MODE);
    }
    int directories = 0;
    for (Path directory : store.layout().directories()) {
      Optional<FileStat> stat = store.volume().calls().stat(directory);
      if (stat.filter(FileStat::isDirectory).filter(s -> (s.mode() & 0555) != 0555).isPresent()) {
        store.volume().calls().chmod(directory, DIRECTORY_MODE);
        directories++;
      }
    }
    return "wrong-mode: "
        + Human.count(files.size(), "file is", "files are")
        + " read-only now, "
        + Human.count(directories, "directory", "directories")
        + " opened for reading";
  }

  private String views(ModelStore store) throws IOException {
    List<String> settled = new ArrayList<>();
    try (Claims claims = store.claims("doctor-" + ProcessHandle.current().pid())) {
      claims.startBeating();
      for (ModelName model : store.versions().models()) {
        if (!store.publisher().isSettled(model)) {
          Optional<Claim> claim = claims.await(store.claimPlace(model), PATIENCE);
          if (claim.isEmpty()) {
            throw Failure.of(ExitCode.CONFLICT, "in-use", model + ": somebody is working on it")
                .tryThis(Try.words("they will settle it; look again in a minute"));
          }
          try (Claim held = claim.get()) {
            store.publisher().settle(held, model);
          }
          settled.add(model.value());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "views: " + (settled.isEmpty() ? "all were right" : "made again for " + settled);
  }
}
