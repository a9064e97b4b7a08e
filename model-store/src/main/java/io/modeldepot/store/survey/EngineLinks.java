package io.modeldepot.store.survey;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that the model repositories of inference servers name. A server reads the folder
 * whenever it likes, also after the placement that made it is gone and before somebody takes it
 * away.
 */
final class EngineLinks {
  private static final Pattern NAMED =
      Pattern.compile("versions/([a-z0-9][a-z0-9._-]{0,95})/([0-9a-f]{40})");

  /** Ours are settings of a few hundred bytes; what is longer is none of them. */
  private static final int MOST_BYTES = 1 << 20;

  private final Layout layout;
  private final FileCalls calls;

  EngineLinks(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /** Everything that any file of any repository names. */
  Map<ModelName, Set<CommitId>> all() throws IOException {
    Map<ModelName, Set<CommitId>> named = new HashMap<>();
    for (Path host : DirectoryTree.entriesIfThere(calls, layout.triton())) {
      for (DirectoryTree.Entry entry : DirectoryTree.look(calls, host, Set.of()).entries()) {
        if (entry.stat().isFile() && entry.stat().sizeBytes() <= MOST_BYTES) {
          Matcher found = NAMED.matcher(text(host.resolve(entry.path())));
          while (found.find()) {
            named
                .computeIfAbsent(ModelName.of(found.group(1)), model -> new HashSet<>())
                .add(CommitId.of(found.group(2)));
          }
        }
      }
    }
    return named;
  }

  private String text(Path file) throws IOException {
    try (OpenFile open = calls.openForReading(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, open.size()));
      int read = 1;
      while (bytes.hasRemaining() && read > 0) {
        read = open.read(bytes, bytes.position());
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (FileCallFailed e) {
      if (e.errno().outOfReach()) {
        return "";
      }
      throw e;
    }
  }
}
