package io.modeldepot.janitor.scrub;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which bytes every manifest had when it was seen first: {@code .depot/janitor/manifests}. A
 * manifest says what a version must be, and nothing beside it says what the manifest must be. One
 * that is replaced is another file with another date; bits that rot leave both as they were.
 */
final class ManifestBook {
  private final ModelStore store;
  private final Notes notes;

  /**
   * A note.
   *
   * @param format 1
   * @param sha256 of the manifest
   * @param print changes when it is replaced, or written to
   */
  record Seen(@JsonProperty(required = true) int format, Sha256 sha256, String print) {
    Seen {
      Components.required(sha256, "sha256");
      Components.required(print, "print");
    }
  }

  /**
   * A manifest that is not what it was.
   *
   * @param model of its version
   * @param commit of its version
   * @param why in words
   */
  record Rotten(ModelName model, CommitId commit, String why) {
    /** As it lies beside the tree. */
    String path() {
      return commit + ".json";
    }
  }

  ManifestBook(ModelStore store) {
    this.store = store;
    this.notes = store.notes("manifests");
  }

  /** Reads manifests, those that cannot be parsed too, and notes what is new. */
  List<Rotten> look(BiPredicate<ModelName, CommitId> which) throws IOException {
    List<Rotten> rotten = new ArrayList<>();
    for (ModelName model : store.versions().models()) {
      for (CommitId commit : store.versions().commits(model)) {
        if (which.test(model, commit)) {
          look(model, commit).ifPresent(why -> rotten.add(new Rotten(model, commit, why)));
        }
      }
    }
    return rotten;
  }

  /** Forgets versions that are not there any more. */
  void keepOnlyPresent() throws IOException {
    Set<String> there = new HashSet<>();
    for (ModelName model : store.versions().models()) {
      store.versions().commits(model).forEach(commit -> there.add(name(model, commit)));
    }
    for (String name : notes.list()) {
      if (!there.contains(name)) {
        notes.forget(name);
      }
    }
  }

  private Optional<String> look(ModelName model, CommitId commit) throws IOException {
    Path file = store.layout().manifest(model, commit);
    try {
      Optional<FileStat> stat = store.volume().calls().stat(file);
      if (stat.isEmpty()) {
        return Optional.empty();
      }
      Seen now = new Seen(1, Digests.of(store.volume().calls(), file).sha256(), print(stat.get()));
      Optional<Seen> before = last(model, commit);
      if (before.isPresent()
          && before.get().print().equals(now.print())
          && !before.get().sha256().equals(now.sha256())) {
        return Optional.of("its manifest has other bytes than when it was seen first");
      }
      if (store.versions().manifest(model, commit).isPresent()
          && !before.equals(Optional.of(now))) {
        notes.write(name(model, commit), Wire.write(now));
      }
      return Optional.empty();
    } catch (UnreadableFile e) {
      return Optional.of("its manifest cannot be read");
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        // Gone since it was listed.
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Seen> last(ModelName model, CommitId commit) throws IOException {
    Optional<byte[]> json = notes.read(name(model, commit));
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(Wire.read(json.get(), Seen.class));
    } catch (UnreadablePayload e) {
      // Then it is seen for the first time again.
      return Optional.empty();
    }
  }

  private static String print(FileStat stat) {
    return stat.inode() + "." + stat.modifiedAt().toEpochMilli() + "." + stat.sizeBytes();
  }

  private static String name(ModelName model, CommitId commit) {
    return commit + "-" + model.value().substring(0, Math.min(80, model.value().length()));
  }
}
