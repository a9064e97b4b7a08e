package io.modeldepot.janitor.scrub;

import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.janitor.cleanup.References;
import io.modeldepot.janitor.cleanup.Uses;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is served by a version, so that whoever hears of its damage knows whom it concerns. */
@ApplicationScoped
class Served {
  private final KafkaConnection connection;
  private final VolumeKeeper volume;
  private final Clock clock;

  @Inject
  Served(KafkaConnection connection, VolumeKeeper volume, Clock clock) {
    this.connection = connection;
    this.volume = volume;
    this.clock = clock;
  }

  /**
   * In words; none if nobody needs it.
   *
   * @throws IOException if the broker does not say
   */
  List<String> by(ModelStore store, ModelName model, CommitId commit)
      throws IOException, InterruptedException {
    try (SiteReader site = SiteReader.open(connection, volume.location(), clock)) {
      site.requireUpToDate();
      Uses uses = Uses.of(site.site(), References.now(store), site.site().now());
      Set<String> served =
          new LinkedHashSet<>(uses.all(model, commit, isCurrent(store, model, commit)));
      site.site().uses().stream()
          .filter(it -> it.model().equals(model) && it.commit().equals(commit))
          .filter(it -> it.kind() == UseKind.READ)
          .filter(it -> it.lastAt().isAfter(clock.instant().minus(Uses.JUST_READ)))
          .forEach(it -> served.add("read by " + it.holder()));
      return List.copyOf(served);
    }
  }

  private static boolean isCurrent(ModelStore store, ModelName model, CommitId commit)
      throws IOException {
    try {
      Optional<CommitId> current = store.versions().current(model).flatMap(Current::commit);
      return current.equals(Optional.of(commit));
    } catch (UnreadableFile e) {
      return true;
    }
  }
}
