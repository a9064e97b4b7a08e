package io.modeldepot.mirror.shelf;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.mirror.shelf.Edition.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions for tests: their commit is one digit repeated, and also their age. */
public final class Editions {
  private Editions() {}

  public static Edition edition(
      String model, int digit, Standing standing, String repository, String revision) {
    return new Edition(
        ModelName.of(model),
        commit(digit),
        standing,
        repository.isEmpty() ? Optional.empty() : Optional.of(RepositoryId.of(repository)),
        revision.isEmpty() ? Optional.empty() : Optional.of(revision),
        Optional.empty(),
        Optional.empty(),
        Instant.ofEpochSecond(digit),
        "stamp");
  }

  public static CommitId commit(int digit) {
    return CommitId.of(String.valueOf(digit).repeat(40));
  }

  public static Shelved shelved(Edition... editions) {
    return new Shelved("a/b", new Inventory(List.of(editions), 0).editions());
  }
}
