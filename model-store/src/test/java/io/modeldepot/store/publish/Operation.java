package io.modeldepot.store.publish;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.expected;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static io.modeldepot.store.StoreFixture.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.retire.Archive;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import io.modeldepot.store.volume.call.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations that change a volume, each on the volume it starts from and with the view it must
 * end in. All of them may be repeated.
 */
enum Operation {
  PUBLISH_THE_FIRST_VERSION(Start.EMPTY, Content.ONE) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().publish(claim, manifest(FIRST, Content.ONE), parts(store), 0);
    }
  },
  PUBLISH_ANOTHER_VERSION(Start.ONE_ACTIVE, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().publish(claim, manifest(SECOND, Content.TWO), parts(store), 0);
    }
  },
  ROLL_BACK(Start.TWO_ACTIVE, Content.ONE) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().makeCurrent(claim, MODEL, FIRST, 0);
    }
  },
  EXTEND_A_VERSION(Start.NARROW, Content.ONE) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().publish(claim, manifest(FIRST, Content.ONE), parts(store), 0);
    }
  },
  WITHDRAW(Start.TWO_ACTIVE, Map.of()) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().withdraw(claim, MODEL, 0);
    }
  },
  PUBLISH_OVER_AN_EDITED_VIEW(Start.ONE_EDITED, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().publish(claim, manifest(SECOND, Content.TWO), parts(store), 0);
    }
  },
  WITHDRAW_AN_EDITED_VIEW(Start.ONE_EDITED, Map.of()) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.publisher().withdraw(claim, MODEL, 0);
    }
  },
  REMOVE_AN_OLD_VERSION(Start.TWO_ACTIVE, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      store.trash().take(claim, Start.NOTE, 0);
    }
  },
  BRING_A_VERSION_BACK(Start.ONE_IN_THE_TRASH, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      Optional<TrashEntry> entry = store.trash().find(MODEL, FIRST, Start.NOTE.requestId());
      if (entry.isPresent()) {
        assertThat(store.trash().undo(claim, entry.get(), 0)).isEqualTo(Trash.Undone.BACK);
      }
      assertThat(store.versions().manifest(MODEL, FIRST)).isPresent();
    }
  },
  DESTROY_WHAT_IS_IN_THE_TRASH(Start.ONE_IN_THE_TRASH, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      for (TrashEntry entry : store.trash().list()) {
        var freed = store.expunging().trash(entry.name(), entry.undoUntil(), Duration.ofDays(1000));
        assertThat(freed).isPresent();
      }
      for (Path left : store.leftovers().clear()) {
        assertThat(left).doesNotExist();
      }
    }
  },
  ARCHIVE_AN_OLD_VERSION(Start.TWO_ACTIVE, Content.TWO) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      ArchivedVersion entry =
          store.archive().take(claim, MODEL, FIRST, Start.TAKING, 0, bytes -> {});
      assertThat(entry.manifest().commit()).isEqualTo(FIRST);
      assertThat(store.versions().manifest(MODEL, FIRST)).isEmpty();
      assertThat(store.archive().shelf().find(MODEL, FIRST)).isPresent();
    }
  },
  ARCHIVE_THE_CURRENT_VERSION(Start.ONE_ACTIVE, Map.of()) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      ArchivedVersion entry =
          store.archive().take(claim, MODEL, FIRST, Start.TAKING, 0, bytes -> {});
      assertThat(entry.wasCurrent()).isTrue();
      assertThat(store.versions().manifest(MODEL, FIRST)).isEmpty();
    }
  },
  BRING_BACK_WHAT_WAS_ARCHIVED(Start.ONE_ARCHIVED, Content.ONE) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      if (store.archive().shelf().find(MODEL, FIRST).isPresent()) {
        var unused = store.archive().bringBack(claim, MODEL, FIRST, Start.BRINGING, 0, bytes -> {});
      }
      assertThat(store.versions().manifest(MODEL, FIRST)).isPresent();
      assertThat(store.archive().shelf().commits(MODEL)).isEmpty();
    }
  },
  ADOPT_A_TREE_IN_PLACE(Start.HAND_COPIED, Content.ONE) {
    @Override
    void run(ModelStore store, Claim claim) throws IOException {
      Path tree = store.layout().view(FAMILY, MODEL);
      Source source =
          new Source(
              SourceKind.ADOPTED,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      store
          .adopter()
          .adopt(
              claim,
              new Adopter.Tree(tree, store.layout().root(), MODEL, FAMILY, source),
              directory -> Optional.empty(),
              0,
              bytes -> {});
    }

    @Override
    boolean isDone(ModelStore store) throws IOException {
      // Between the rename of the old view and the new one there is no tree to adopt any more.
      return store.versions().current(MODEL).isPresent();
    }
  };

  /** What the versions have. */
  static final class Content {
    static final Map<String, byte[]> ONE =
        files("config.json", "{\"a\":1}", "sub/model.safetensors", large(1), "vocab.txt", "a b");
    static final Map<String, byte[]> TWO =
        files("config.json", "{\"a\":2}", "sub/model.safetensors", large(1), "new.bin", large(2));
    static final Map<String, byte[]> NARROW = files("config.json", "{\"a\":1}");

    private Content() {}
  }

  /** What a volume has before. */
  enum Start {
    EMPTY,
    NARROW,
    ONE_ACTIVE,
    TWO_ACTIVE,
    ONE_IN_THE_TRASH,
    ONE_ARCHIVED,
    ONE_EDITED,
    HAND_COPIED;

    static final TrashNote NOTE =
        new TrashNote(
            TrashNote.FORMAT,
            TrashNote.Kind.VERSION,
            Optional.of(MODEL),
            Optional.of(FIRST),
            false,
            "versions/" + MODEL + "/" + FIRST,
            "for a test",
            1,
            259_200,
            RequestId.of("removal"));

    static final Archive.Taking TAKING =
        new Archive.Taking(RequestId.of("archiving"), "for a test", Duration.ofDays(3));
    static final Archive.Taking BRINGING =
        new Archive.Taking(RequestId.of("bringing-back"), "for a test", Duration.ofDays(3));

    void make(StoreFixture volume) throws IOException {
      switch (this) {
        case EMPTY -> {}
        case NARROW -> volume.publish(FIRST, Content.NARROW);
        case ONE_ACTIVE -> {
          volume.publish(FIRST, Content.ONE);
          activate(volume);
        }
        case TWO_ACTIVE -> {
          volume.publish(FIRST, Content.ONE);
          volume.publish(SECOND, Content.TWO);
          activate(volume);
        }
        case ONE_IN_THE_TRASH -> {
          volume.publish(FIRST, Content.ONE);
          volume.publish(SECOND, Content.TWO);
          activate(volume);
          try (Claim claim = volume.claim()) {
            volume.store.trash().take(claim, NOTE, 0);
          }
        }
        case ONE_ARCHIVED -> {
          volume.publish(FIRST, Content.ONE);
          try (Claim claim = volume.claim()) {
            var unused = volume.store.archive().take(claim, MODEL, FIRST, TAKING, 0, bytes -> {});
          }
          // Its bytes come out of the archive alone.
          DirectoryTree.remove(volume.calls, volume.layout().blobs());
          volume.calls.mkdir(volume.layout().blobs(), DirectoryTree.DIRECTORY_MODE);
          for (TrashEntry entry : volume.store.trash().list()) {
            DirectoryTree.remove(volume.calls, volume.layout().trash().resolve(entry.name()));
          }
        }
        case ONE_EDITED -> {
          volume.publish(FIRST, Content.ONE);
          Path view = volume.layout().view(FAMILY, MODEL);
          volume.calls.chmod(view.resolve("config.json"), 0644);
          Files.writeString(view.resolve("config.json"), EDIT);
          Files.writeString(view.resolve("sub/notes.txt"), NOTES);
        }
        case HAND_COPIED -> {
          Path tree = volume.layout().view(FAMILY, MODEL);
          for (Map.Entry<String, byte[]> file : Content.ONE.entrySet()) {
            Path path = tree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
          }
        }
      }
      volume.parts(volume.layout().downloads().resolve(".parts"), Content.ONE);
      volume.parts(volume.layout().downloads().resolve(".parts"), Content.TWO);
      volume.claims.create(volume.store.claimPlace(MODEL));
    }

    private static void activate(StoreFixture volume) throws IOException {
      try (Claim claim = volume.claim()) {
        volume.store.publisher().activate(claim, MODEL);
      }
    }
  }

  private static final String EDIT = "{\"mine\":true}";
  private static final String NOTES = "what I found out";

  final Start start;
  private final Map<String, byte[]> end;

  Operation(Start start, Map<String, byte[]> end) {
    this.start = start;
    this.end = end;
  }

  abstract void run(ModelStore store, Claim claim) throws IOException;

  /** Whether the operation is past its commit point and only has to be settled. */
  boolean isDone(ModelStore store) throws IOException {
    return false;
  }

  /** Runs it, or settles it if it is past its commit point. */
  final void repeat(ModelStore store, Claim claim) throws IOException {
    if (isDone(store)) {
      store.publisher().settle(claim, MODEL);
    } else {
      run(store, claim);
    }
  }

  /** What people had put into the view and is nowhere on the volume any more. */
  final List<String> lost(ModelStore store) throws IOException {
    if (this == REMOVE_AN_OLD_VERSION || this == BRING_A_VERSION_BACK) {
      return lostOfTheFirst(store);
    }
    if (name().contains("ARCHIVE")) {
      // What is in the archive is verified with the invariants.
      boolean there =
          store.versions().manifest(MODEL, FIRST).isPresent()
              || store.archive().shelf().find(MODEL, FIRST).isPresent();
      return there ? List.of() : List.of(MODEL + "@" + FIRST);
    }
    if (start != Start.ONE_EDITED) {
      return List.of();
    }
    List<String> missing = new ArrayList<>(List.of(EDIT, NOTES));
    for (DirectoryTree.Entry entry :
        DirectoryTree.walk(store.volume().calls(), store.layout().root())) {
      if (entry.stat().isFile() && entry.stat().sizeBytes() < 100) {
        missing.remove(Files.readString(store.layout().root().resolve(entry.path())));
      }
    }
    return missing;
  }

  /** What the first version had and neither a version nor the trash has any more. */
  private static List<String> lostOfTheFirst(ModelStore store) throws IOException {
    List<String> missing =
        new ArrayList<>(List.of("config.json", "sub/model.safetensors", "vocab.txt", "manifest"));
    List<Path> homes = new ArrayList<>(List.of(store.layout().tree(MODEL, FIRST)));
    for (TrashEntry entry : store.trash().list()) {
      homes.add(store.layout().trash().resolve(entry.name()).resolve("tree"));
      if (Files.exists(store.layout().trash().resolve(entry.name()).resolve("manifest.json"))) {
        missing.remove("manifest");
      }
    }
    if (Files.exists(store.layout().manifest(MODEL, FIRST))) {
      missing.remove("manifest");
    }
    for (Path home : homes) {
      missing.removeIf(file -> Files.exists(home.resolve(file)));
    }
    return missing;
  }

  final Map<String, String> expectedView() {
    return expected(end);
  }

  /** The parts that the start left, named by their digests. */
  static Map<Sha256, Path> parts(ModelStore store) throws IOException {
    Map<Sha256, Path> parts = new HashMap<>();
    Path directory = store.layout().downloads().resolve(".parts");
    for (String name : store.volume().calls().list(directory)) {
      parts.put(Sha256.of(name), directory.resolve(name));
    }
    return parts;
  }

  static ModelStore open(Path root, io.modeldepot.store.volume.call.FileCalls calls)
      throws IOException {
    return ModelStore.open(root, Optional.empty(), CLOCK, calls);
  }
}
