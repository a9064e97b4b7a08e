package io.modeldepot.store.archive;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads what lies in the archive again and says all that is not as it was. Changes nothing; needs
 * neither network nor claim. What is brought back or removed meanwhile is no damage.
 */
public final class ArchiveCheck {
  private final Volume volume;
  private final ArchiveShelf shelf;

  /** Checks of a volume's archive. */
  public ArchiveCheck(Volume volume) {
    this.volume = volume;
    this.shelf = new ArchiveShelf(volume);
  }

  /**
   * Something that would not come back.
   *
   * @param path the file of the version, relative to its tree; or, where it cannot be told which
   *     files are concerned, the archived version itself, relative to the volume
   * @param why in words
   */
  public record Damaged(String path, String why) {}

  /**
   * Looks at what an archived version says of itself; its contents are not read.
   *
   * @return what is damaged; empty also if there is no such version in the archive
   */
  public List<Damaged> look(ModelName model, CommitId commit) throws IOException {
    List<Damaged> found = new ArrayList<>();
    Optional<ArchivedVersion> unused = readable(model, commit, found);
    return found;
  }

  /**
   * Reads every byte of an archived version.
   *
   * @param good contents that need not be read because they were; what is found whole is added
   * @param done told how many bytes were compared, piece by piece; may throw to stop
   * @return what is damaged; empty also if there is no such version in the archive
   */
  public List<Damaged> read(ModelName model, CommitId commit, Set<Sha256> good, LongConsumer done)
      throws IOException {
    List<Damaged> found = new ArrayList<>();
    Optional<ArchivedVersion> entry = readable(model, commit, found);
    if (entry.isPresent()) {
      contents(entry.get(), good, done, found);
    }
    return volume.calls().stat(shelf.place(model, commit)).isPresent() ? found : List.of();
  }

  private Optional<ArchivedVersion> readable(ModelName model, CommitId commit, List<Damaged> found)
      throws IOException {
    try {
      return shelf.readable(model, commit);
    } catch (DamagedArchive e) {
      found.add(new Damaged(shown(shelf.place(model, commit)), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void contents(
      ArchivedVersion entry, Set<Sha256> good, LongConsumer done, List<Damaged> found)
      throws IOException {
    Path frames = entry.place().resolve(ArchiveShelf.FRAMES);
    try (Unpacker unpacker = new Unpacker(volume.calls(), frames)) {
      ArchiveIndex index = shelf.index(entry.place());
      ArchiveShelf.requireAll(entry, index);
      for (ArchivedContent content : index.contents()) {
        if (!good.contains(content.sha256())) {
          Optional<String> why = damage(unpacker, content, done);
          if (why.isEmpty()) {
            good.add(content.sha256());
          }
          why.ifPresent(it -> found.addAll(files(entry, content, it)));
        }
      }
    } catch (DamagedArchive e) {
      found.add(new Damaged(shown(entry.place()), String.valueOf(e.getMessage())));
    }
  }

  private static Optional<String> damage(
      Unpacker unpacker, ArchivedContent content, LongConsumer done) throws IOException {
    try {
      unpacker.unpack(content, (bytes, length, at) -> {}, done);
      return Optional.empty();
    } catch (DamagedArchive e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.EIO) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<Damaged> files(ArchivedVersion entry, ArchivedContent content, String why) {
    return entry.manifest().presentFiles().stream()
        .filter(file -> ArchiveShelf.digest(file).equals(content.sha256()))
        .map(file -> new Damaged(file.path(), why))
        .toList();
  }

  private String shown(Path place) {
    return volume.layout().shown(place);
  }
}
