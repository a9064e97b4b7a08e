package io.modeldepot.store.trash;

import io.modeldepot.store.ModelStore;
import io.modeldepot.store.survey.Survey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A process that destroys every blob that nothing has a link to, until a file says stop. */
final class CollectorMain {
  private CollectorMain() {}

  public static void main(String[] args) throws Exception {
    ModelStore store = ModelStore.open(Path.of(args[0]));
    Path stop = Path.of(args[1]);
    // As if every small one lay there for more than a week.
    Instant later = Instant.now().plus(Duration.ofDays(9));
    long destroyed = 0;
    while (!Files.exists(stop)) {
      for (Survey.Blob blob : store.surveyor().blobs()) {
        destroyed += store.expunging().blob(blob.digest(), later).orElse(0) > 0 ? 1 : 0;
      }
    }
    System.out.println("destroyed " + destroyed);
  }
}
