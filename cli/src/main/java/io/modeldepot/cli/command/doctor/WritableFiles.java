package io.modeldepot.cli.command.doctor;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Published files that somebody may write to. An edit in place would change every version that
 * shares the inode, and nothing would notice before the next verification.
 *
 * @param files in the trees of versions
 */
record WritableFiles(List<Path> files) {
  private static final int WRITE_BITS = 0222;

  static WritableFiles of(ModelStore store) throws IOException {
    FileCalls calls = store.volume().calls();
    List<Path> files = new ArrayList<>();
    for (ModelName model : store.versions().models()) {
      for (CommitId commit : store.versions().commits(model)) {
        Path tree = store.layout().tree(model, commit);
        if (calls.stat(tree).isPresent()) {
          for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, tree)) {
            if (entry.stat().isFile() && (entry.stat().mode() & WRITE_BITS) != 0) {
              files.add(tree.resolve(entry.path()));
            }
          }
        }
      }
    }
    return new WritableFiles(List.copyOf(files));
  }
}
