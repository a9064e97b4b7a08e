package io.modeldepot.registry.notify;

import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.Figures;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.maintenance.Mishaps;
import io.modeldepot.registry.notify.receiver.NewsKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes news of what is projected, in the transaction that projects it. What everybody sees who
 * asked for it himself (a plan, a cancel, a wrong id) is none.
 */
@ApplicationScoped
public class Newsroom {
  private static final int OF_A_COMMIT = 7;

  private final Bell bell;
  private final Circumstances circumstances;
  private final EntityManager database;

  Newsroom(Bell bell, Circumstances circumstances, EntityManager database) {
    this.bell = bell;
    this.circumstances = circumstances;
    this.database = database;
  }

  /**
   * A download that came to its end.
   *
   * @param id of the request
   * @param model absent where it is not known
   * @param done whether it is here
   * @param commit where one was resolved
   */
  public record DownloadEnd(
      String id,
      Optional<String> model,
      boolean done,
      Optional<String> commit,
      Optional<Problem> problem,
      Instant at) {}

  /** A request for a download has ended, well or not. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ended(DownloadEnd end) {
    String what = end.model().orElse(end.id());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("requestId", end.id());
    end.model().ifPresent(model -> data.put("model", model));
    end.commit().ifPresent(commit -> data.put("commit", commit));
    String version = end.commit().map(commit -> "@" + brief(commit)).orElse("");
    String say = what + version + " is here, verified.";
    if (!end.done()) {
      say = "The download of " + what + " failed: " + problem(end.problem(), data);
    }
    bell.ring(
        new News(
            end.done() ? NewsKind.DOWNLOAD_DONE : NewsKind.DOWNLOAD_FAILED,
            "download/" + end.id() + "/" + (end.done() ? "done" : "failed"),
            end.model().map(model -> "model/" + model).orElse("download/" + end.id()),
            say,
            data,
            end.at()));
  }

  /** A janitor has said the last word about a request at its location. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ended(MaintenanceProgressed said) {
    Optional<NewsKind> kind = kind(said);
    boolean asker = said.problem().filter(it -> Mishaps.isTheAskers(it.code())).isPresent();
    if (kind.isEmpty() || asker) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("requestId", said.requestId().value());
    data.put("location", said.location().value());
    said.result()
        .forEach(
            (name, value) -> {
              if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                data.put(name, value);
              }
            });
    String work = Mishaps.words(said.kind()) + " at " + said.location();
    bell.ring(
        new News(
            kind.get(),
            "maintenance/" + said.requestId() + "/" + said.location() + "/end",
            "maintenance/" + said.requestId(),
            said.state() == MaintenanceState.DONE
                ? work + " is done."
                : work + " failed: " + problem(said.problem(), data),
            data,
            said.updatedAt()));
  }

  private static Optional<NewsKind> kind(MaintenanceProgressed said) {
    return switch (said.state()) {
      case DONE ->
          switch (said.kind()) {
            case BACKUP -> Optional.of(NewsKind.BACKUP_DONE);
            case RESTORE -> Optional.of(NewsKind.RESTORE_DONE);
            default -> Optional.empty();
          };
      case FAILED, EXPIRED ->
          switch (said.kind()) {
            case BACKUP -> Optional.of(NewsKind.BACKUP_FAILED);
            case RESTORE -> Optional.of(NewsKind.RESTORE_FAILED);
            case CHECK, SCRUB -> Optional.of(NewsKind.CHECK_FAILED);
            case DRILL -> Optional.of(NewsKind.DRILL_FAILED);
            case CLEANUP, ARCHIVE, PRUNE -> Optional.of(NewsKind.CLEANUP_FAILED);
            case REPAIR -> Optional.of(NewsKind.REPAIR_FAILED);
            case UNKNOWN -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /** A file is not what its manifest says. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void corrupted(ModelCorrupted fact) {
    String version = fact.model() + "@" + fact.commit();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("model", fact.model().value());
    data.put("commit", fact.commit().value());
    data.put("location", fact.location().value());
    data.put("path", fact.path());
    data.put("kind", word(fact.kind()));
    data.put("repair", word(fact.repair()));
    if (!fact.servedTo().isEmpty()) {
      data.put("servedTo", fact.servedTo());
    }
    String served =
        fact.servedTo().isEmpty() ? "" : " It is served to " + named(fact.servedTo()) + ".";
    bell.ring(
        new News(
            NewsKind.MODEL_CORRUPTED,
            "corrupted/%s/%s/%s/%d"
                .formatted(fact.location(), version, fact.path(), fact.at().toEpochMilli()),
            "model/" + version,
            "%s of %s@%s at %s is damaged (%s); repair: %s.%s"
                .formatted(
                    fact.path(),
                    fact.model(),
                    brief(fact.commit().value()),
                    fact.location(),
                    word(fact.kind()),
                    word(fact.repair()),
                    served),
            data,
            fact.at()));
  }

  /** A hub was looked at: a model that follows with approval may have something to be agreed to. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void looked(ModelName model, Instant at) {
    List<?> waiting =
        database
            .createNativeQuery(
                "select newer_commit from model_list where name = ?1 and update_waits",
                String.class)
            .setParameter(1, model.value())
            .getResultList();
    for (Object one : waiting) {
      String commit = (String) one;
      bell.ring(
          new News(
              NewsKind.UPDATE_WAITING,
              "update/" + model + "/" + commit,
              "model/" + model,
              "An update of %s to %s waits for a yes: update %s --yes"
                  .formatted(model, brief(commit), model),
              Map.of("model", model.value(), "commit", commit),
              at));
    }
  }

  /** Placement has decided about a model, or has forgotten it. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void placed(String model, Optional<ModelPlaced> said) {
    String name = NewsKind.PLACEMENT_IMPOSSIBLE.word() + "/" + model;
    boolean impossible =
        said.filter(it -> it.state() == PlacementState.UNPLACED)
            .filter(it -> it.obstacle().filter(PlacementObstacle.NOT_ASKED::equals).isEmpty())
            .isPresent();
    if (!impossible) {
      boolean unused = circumstances.ends(name);
      return;
    }
    ModelPlaced unplaced = said.orElseThrow();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("model", model);
    unplaced.obstacle().ifPresent(why -> data.put("obstacle", word(why)));
    data.put("reason", unplaced.reason());
    data.put("changesThatWouldFit", unplaced.changesThatWouldFit());
    begins(
        name,
        new News(
            NewsKind.PLACEMENT_IMPOSSIBLE,
            name + "/" + unplaced.decidedAt().toEpochMilli(),
            "model/" + model,
            "%s is placed nowhere: %s".formatted(model, unplaced.reason()),
            data,
            unplaced.decidedAt()));
  }

  /** A location has said how full it is. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void stored(StorageReported report) {
    String name = NewsKind.SPACE_LOW.word() + "/" + report.location();
    if (Storages.isNearlyFull(report)) {
      begins(
          name,
          new News(
              NewsKind.SPACE_LOW,
              name + "/" + report.reportedAt().toEpochMilli(),
              "storage/" + report.location(),
              "%s is nearly full: %s of %s are free."
                  .formatted(
                      report.location(),
                      Figures.bytes(report.freeBytes()),
                      Figures.bytes(report.capacityBytes())),
              Map.of(
                  "location", report.location().value(),
                  "freeBytes", report.freeBytes(),
                  "capacityBytes", report.capacityBytes()),
              report.reportedAt()));
    } else if (Storages.hasRoomAgain(report)) {
      boolean unused = circumstances.ends(name);
    }
  }

  /** Tells of something that is so from now on, unless it was so already. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void begins(String circumstance, News news) {
    if (circumstances.begins(circumstance, news.at())) {
      bell.ring(news);
    }
  }

  private static String problem(Optional<Problem> problem, Map<String, Object> data) {
    Problem what =
        problem.orElseGet(() -> Problem.of(ProblemCode.INTERNAL, "No reason was given."));
    data.put("problem", what);
    return what.detail();
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(OF_A_COMMIT, commit.length()));
  }

  private static String named(List<String> who) {
    return who.size() <= 3
        ? String.join(", ", who)
        : String.join(", ", who.subList(0, 3)) + " and " + (who.size() - 3) + " more";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
