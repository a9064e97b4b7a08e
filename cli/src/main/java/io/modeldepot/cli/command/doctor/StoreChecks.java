package io.modeldepot.cli.command.doctor;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The volume: layout, owner, modes, links, room. */
final class StoreChecks implements Checks {
  private static final String AREA = "store";
  private static final double LITTLE_ROOM = 0.05;
  private static final int SHOWN = 5;

  private final Session session;

  StoreChecks(Session session) {
    this.session = session;
  }

  @Override
  public List<Verdict> look() {
    List<Verdict> verdicts = new ArrayList<>();
    try {
      ModelStore store = Volumes.open(session);
      verdicts.add(
          Verdict.good(
              AREA,
              store.volume().root()
                  + ", volume "
                  + store.volume().id()
                  + ", location "
                  + store.volume().location()));
      layout(store, verdicts);
      writable(store, verdicts);
      modes(store, verdicts);
      links(store, verdicts);
      room(store, verdicts);
    } catch (Failure e) {
      String fix = e.tries().isEmpty() ? "" : e.tries().getFirst().command();
      verdicts.add(Verdict.bad(AREA, e.headline() + " (" + e.why() + ")", e.code(), fix));
    } catch (IOException e) {
      verdicts.add(Verdict.bad(AREA, "cannot be read: " + e.getMessage(), "volume-error", ""));
    }
    return verdicts;
  }

  private static void layout(ModelStore store, List<Verdict> verdicts) throws IOException {
    Layout layout = store.layout();
    FileCalls calls = store.volume().calls();
    int owner = calls.stat(layout.depot()).map(FileStat::owner).orElse(-1);
    List<String> missing = new ArrayList<>();
    List<String> foreign = new ArrayList<>();
    List<String> closed = new ArrayList<>();
    foreignClaims(store, owner, foreign);
    for (Path directory : layout.directories()) {
      Optional<FileStat> stat = calls.stat(directory).filter(FileStat::isDirectory);
      if (stat.isEmpty()) {
        missing.add(layout.shown(directory));
      } else if (stat.get().owner() != owner) {
        foreign.add(layout.shown(directory));
      } else if ((stat.get().mode() & 0555) != 0555) {
        closed.add(layout.shown(directory));
      }
    }
    if (!missing.isEmpty()) {
      verdicts.add(Verdict.bad(AREA, "missing directories: " + missing, "volume-error", "setup"));
    }
    if (!foreign.isEmpty()) {
      verdicts.add(
          Verdict.bad(
              AREA,
              "of another owner, so that writers will be refused: " + some(foreign),
              "volume-error",
              "Give them to the owner of .depot: chown -R --reference="
                  + layout.depot()
                  + " "
                  + layout.root()));
    }
    if (!closed.isEmpty()) {
      verdicts.add(
          Verdict.bad(
              AREA,
              "applications cannot read: " + closed,
              "wrong-mode",
              "doctor --fix wrong-mode"));
    }
    if (missing.isEmpty() && foreign.isEmpty() && closed.isEmpty()) {
      verdicts.add(Verdict.good(AREA, "layout, owner and modes of directories"));
    }
  }

  /**
   * What lies directly under a model and in its claim. One name of another user's there keeps every
   * writer from the model.
   */
  private static void foreignClaims(ModelStore store, int owner, List<String> foreign)
      throws IOException {
    Layout layout = store.layout();
    FileCalls calls = store.volume().calls();
    for (ModelName model : store.versions().models()) {
      List<Path> paths = new ArrayList<>(List.of(layout.model(model)));
      paths.addAll(below(calls, layout.model(model)));
      Path claim = layout.modelClaim(model);
      if (paths.contains(claim)) {
        paths.addAll(below(calls, claim));
      }
      for (Path path : paths) {
        if (calls.stat(path).filter(stat -> stat.owner() != owner).isPresent()) {
          foreign.add(layout.shown(path));
        }
      }
    }
  }

  private static List<Path> below(FileCalls calls, Path directory) throws IOException {
    try {
      return calls.list(directory).stream().map(directory::resolve).toList();
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return List.of();
      }
      throw e;
    }
  }

  private static String some(List<String> names) {
    return names.size() <= SHOWN
        ? names.toString()
        : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
  }

  private static void writable(ModelStore store, List<Verdict> verdicts) {
    Path downloads = store.layout().downloads();
    if (!Files.isWritable(downloads)) {
      verdicts.add(
          Verdict.unseen(
              AREA, "may only be read here; writers run as the owner of " + store.layout().root()));
    }
  }

  private static void modes(ModelStore store, List<Verdict> verdicts) throws IOException {
    WritableFiles writable = WritableFiles.of(store);
    if (writable.files().isEmpty()) {
      verdicts.add(Verdict.good(AREA, "no published file can be written to"));
      return;
    }
    verdicts.add(
        Verdict.bad(
            AREA,
            Human.count(writable.files().size(), "published file", "published files")
                + " can be written to, such as "
                + store.layout().shown(writable.files().getFirst()),
            "wrong-mode",
            "doctor --fix wrong-mode"));
  }

  private static void links(ModelStore store, List<Verdict> verdicts) throws IOException {
    List<String> unsettled = new ArrayList<>();
    List<String> dangling = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    int models = 0;
    for (ModelName model : store.versions().models()) {
      try {
        Optional<CommitId> current = store.versions().current(model).flatMap(Current::commit);
        if (current.isEmpty()) {
          continue;
        }
        models++;
        if (store.versions().manifest(model, current.get()).isEmpty()) {
          dangling.add(model.value());
        } else if (!store.publisher().isSettled(model)) {
          unsettled.add(model.value());
        }
      } catch (UnreadableFile e) {
        unreadable.add(model.value());
      }
    }
    damaged(dangling, "current.json names a version without a manifest", verdicts);
    damaged(unreadable, "current.json or the current manifest cannot be read", verdicts);
    if (!unsettled.isEmpty()) {
      verdicts.add(
          Verdict.warn(
              AREA,
              "models/ or active/ does not show the current version of " + unsettled,
              "altered",
              "doctor --fix views"));
    }
    if (dangling.isEmpty() && unreadable.isEmpty() && unsettled.isEmpty()) {
      verdicts.add(
          Verdict.good(AREA, "views and links of " + Human.count(models, "model", "models")));
    }
  }

  private static void damaged(List<String> models, String says, List<Verdict> verdicts) {
    if (!models.isEmpty()) {
      String fix = "download " + String.join(" ", models) + " --force";
      verdicts.add(Verdict.bad(AREA, says + ": " + models, "altered", fix));
    }
  }

  private static void room(ModelStore store, List<Verdict> verdicts) throws IOException {
    long total = Files.getFileStore(store.layout().root()).getTotalSpace();
    long free = Files.getFileStore(store.layout().root()).getUsableSpace();
    String says = Human.bytes(free) + " free of " + Human.bytes(total);
    verdicts.add(
        free < total * LITTLE_ROOM
            ? Verdict.warn(AREA, "nearly full: " + says, "no-space", "status")
            : Verdict.good(AREA, says));
  }
}
