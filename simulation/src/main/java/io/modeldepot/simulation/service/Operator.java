package io.modeldepot.simulation.service;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.content.Content;
import io.modeldepot.simulation.time.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who asks for things: by commands, and by edits of the catalog. */
final class Operator {
  private final World world;
  private final Chance chance;
  private final List<RequestId> asked = new ArrayList<>();
  private int number;

  Operator(World world) {
    this.world = world;
    this.chance = world.chance();
  }

  /** Describes every model, as a catalog is from the beginning. */
  void begin() {
    for (String model : world.models()) {
      world.registry().describe(entry(model, Optional.empty(), false, 1));
    }
    world.registry().poll();
  }

  /** Asks for something. */
  void act() {
    if (world.broker().isAway()) {
      return;
    }
    String model = chance.oneOf(world.models());
    int what = chance.below(100);
    if (what < 45) {
      download(model);
    } else if (what < 52) {
      cancel();
    } else if (what < 72) {
      cleanup(model);
    } else if (what < 80) {
      undo(model);
    } else if (what < 92) {
      edit(model);
    } else {
      world.hub().move(model);
    }
  }

  private void download(String model) {
    boolean again = !asked.isEmpty() && chance.percent(10);
    RequestId id = again ? chance.oneOf(asked) : RequestId.of("d" + ++number);
    Optional<String> revision =
        chance.percent(50)
            ? Optional.of(Content.commit(model, chance.below(Content.COMMITS)).value())
            : Optional.empty();
    DownloadRequested command =
        new DownloadRequested(
            Optional.of(ModelName.of(model)),
            Optional.of(DownloadAction.DOWNLOAD),
            Optional.of(id),
            Optional.empty(),
            revision,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            chance.percent(10),
            false,
            Optional.empty());
    Broker.Entry unused =
        world.broker().append(Topics.DOWNLOAD_REQUESTED, model, Optional.of(command));
    if (!again) {
      asked.add(id);
      world.laws().asked(command);
    }
    if (chance.percent(10)) {
      Broker.Entry twice =
          world.broker().append(Topics.DOWNLOAD_REQUESTED, model, Optional.of(command));
    }
  }

  private void cancel() {
    if (asked.isEmpty()) {
      return;
    }
    DownloadRequested command =
        DownloadRequested.cancelling(
            chance.oneOf(asked),
            Optional.of(ModelName.of(world.models().getFirst())),
            Optional.empty(),
            Optional.empty());
    Broker.Entry unused =
        world.broker().append(Topics.DOWNLOAD_REQUESTED, "", Optional.of(command));
  }

  private void cleanup(String model) {
    CleanupScope scope =
        chance.oneOf(
            List.of(
                CleanupScope.VERSIONS,
                CleanupScope.VERSIONS,
                CleanupScope.MODEL,
                CleanupScope.CACHE,
                CleanupScope.ALL,
                CleanupScope.TRASH,
                CleanupScope.PARTIALS));
    send(
        scope,
        CleanupAction.REMOVE,
        scope == CleanupScope.MODEL ? Optional.of(model) : Optional.empty(),
        scope == CleanupScope.MODEL && chance.percent(50)
            ? Optional.of(Content.commit(model, chance.below(Content.COMMITS)))
            : Optional.empty());
  }

  private void undo(String model) {
    send(CleanupScope.MODEL, CleanupAction.UNDO, Optional.of(model), Optional.empty());
  }

  private void send(
      CleanupScope scope, CleanupAction action, Optional<String> model, Optional<CommitId> commit) {
    CleanupDue command =
        new CleanupDue(
            scope,
            Optional.of(action),
            model.map(ModelName::of),
            commit,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            chance.percent(50) ? Optional.of(1) : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(RequestId.of("c" + ++number)));
    Broker.Entry unused =
        world.broker().append(Topics.CLEANUP_DUE, model.orElse(""), Optional.of(command));
  }

  private void edit(String model) {
    ModelDescribed old = world.registry().entry(model).orElseThrow();
    Optional<CommitId> pin =
        chance.percent(40)
            ? Optional.of(Content.commit(model, chance.below(Content.COMMITS)))
            : Optional.empty();
    world
        .registry()
        .describe(
            entry(
                model,
                chance.percent(60) ? pin : old.pin(),
                chance.percent(50),
                old.generation() + 1));
  }

  private ModelDescribed entry(
      String model, Optional<CommitId> pin, boolean active, long generation) {
    return new ModelDescribed(
        ModelName.of(model),
        FamilyName.of("testing"),
        Optional.of(RepositoryId.of("org/" + model)),
        model,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        pin,
        UpdatePolicy.MANUAL,
        1 + chance.below(2),
        active,
        List.<LocationName>of(),
        Profile.FULL,
        Optional.empty(),
        generation);
  }
}
