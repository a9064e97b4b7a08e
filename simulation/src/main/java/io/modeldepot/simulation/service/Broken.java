package io.modeldepot.simulation.service;

import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcing;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.content.Content;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which step of the protocol is left out, or done in the wrong order. With {@link Step#NONE}
 * nothing is; the others show that the laws can find it.
 */
public final class Broken {
  private final World world;
  private final Step step;

  /** A step that is broken. */
  public enum Step {
    /** None: the product as it is. */
    NONE,
    /** Content is called durable without being synced. */
    NO_SYNC,
    /** Content is published without being verified. */
    NO_VERIFYING,
    /** A claim is taken by making an entry and removing the other one, not by a rename. */
    CLAIM_IN_TWO_STEPS,
    /** A version is announced before it is published. */
    ANNOUNCED_EARLY,
    /** A command is acknowledged before it is journaled. */
    ACKNOWLEDGED_EARLY,
    /** The projection takes records in the order in which they come. */
    NO_GENERATIONS,
    /** The downloader does not hear what the janitor took away. */
    DEAF,
    /** What a view shows is built in its place, not beside it. */
    VIEW_IN_PLACE
  }

  Broken(World world, Step step) {
    this.world = world;
    this.step = step;
  }

  boolean is(Step other) {
    return step == other;
  }

  boolean isDeaf() {
    return step == Step.DEAF;
  }

  FileCalls calls(FileCalls real) {
    return switch (step) {
      case NO_SYNC, CLAIM_IN_TWO_STEPS, VIEW_IN_PLACE -> new BrokenCalls(real, step);
      default -> real;
    };
  }

  void keep(Turn turn, Shelf shelf, Path part, Content.Known known) throws IOException {
    turn.claim()
        .guard(
            () -> {
              shelf.store().blobs().keep(part, known.sha256(), known.sizeBytes());
              return part;
            });
  }

  /** Whether what comes in is right; a broken downloader does not look. */
  boolean comesWrong() {
    return step == Step.NO_VERIFYING && world.mischief() && world.chance().percent(20);
  }

  void beforeIntake(String group, Broker.Entry entry) {
    if (step == Step.ACKNOWLEDGED_EARLY) {
      world.broker().commit(group, Topics.DOWNLOAD_REQUESTED, entry.offset() + 1);
    }
  }

  Stages.Early early(Announcing mine) {
    return (shelf, manifest) -> {
      if (step == Step.ANNOUNCED_EARLY) {
        var unused =
            mine.announce(
                Topics.MODEL_VERIFIED,
                shelf.store().volume().location()
                    + "/"
                    + manifest.model()
                    + "/"
                    + manifest.commit(),
                present(shelf, manifest));
      }
    };
  }

  private static ModelVerified present(Shelf shelf, Manifest manifest) {
    return new ModelVerified(
        shelf.store().volume().location(),
        manifest.model(),
        manifest.family(),
        manifest.commit(),
        VersionState.PRESENT,
        1,
        manifest.commit().value(),
        Layout.announcedPath(manifest.model(), manifest.commit()),
        VerifiedBy.SHA256,
        0,
        0,
        0,
        List.of(),
        manifest.source(),
        Optional.empty(),
        Optional.of(new Signature(SignatureStatus.NONE, Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        manifest.createdAt());
  }
}
