package io.modeldepot.downloader.catalog;

import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.Following;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateSource;
import io.modeldepot.kit.state.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model-verified} says of this location, without the lists of files. Safe for threads.
 */
@ApplicationScoped
public class KnownVersions {
  private final VolumeKeeper volume;
  private final StateTable<ModelVerified> table =
      StateTable.byGeneration(ModelVerified::generation);
  private volatile @Nullable Following reader;

  /** Knows nothing before it has joined. */
  @Inject
  public KnownVersions(VolumeKeeper volume) {
    this.volume = volume;
  }

  /** Reads with the others. */
  public void join(StateSource topics) {
    reader = topics.read(Topics.MODEL_VERIFIED, ModelVerified.class, this::heard);
  }

  /** Whether everything was read that was there at the start. */
  public boolean isComplete() {
    Following open = reader;
    return open != null && open.isCaughtUp();
  }

  /** The highest generation that was announced of a model at this location; 0 for none. */
  public long generation(ModelName model) {
    return of(model).stream().mapToLong(ModelVerified::generation).max().orElse(0);
  }

  /** What was announced of a model at this location. */
  public List<ModelVerified> of(ModelName model) {
    return table.all().values().stream().filter(record -> record.model().equals(model)).toList();
  }

  /** Every model of which something was announced at this location. */
  public Set<ModelName> models() {
    return table.all().values().stream().map(ModelVerified::model).collect(Collectors.toSet());
  }

  private void heard(StateRecord<ModelVerified> what) {
    boolean elsewhere =
        what.value().isPresent() && !what.value().get().location().equals(volume.location());
    if (!elsewhere) {
      table.heard(what.map(KnownVersions::withoutFiles));
    }
  }

  private static ModelVerified withoutFiles(ModelVerified it) {
    return new ModelVerified(
        it.location(),
        it.model(),
        it.family(),
        it.commit(),
        it.state(),
        it.generation(),
        it.currentCommit(),
        it.path(),
        it.verifiedBy(),
        it.sizeBytes(),
        it.presentBytes(),
        it.fileCount(),
        List.of(),
        it.source(),
        it.profile(),
        it.signature(),
        it.upstreamSignature(),
        it.scan(),
        Optional.empty(),
        it.requestIds(),
        it.verifiedAt());
  }
}
