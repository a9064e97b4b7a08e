package io.modeldepot.events.topic;

import static io.modeldepot.events.topic.Party.AGENT;
import static io.modeldepot.events.topic.Party.DOWNLOADER;
import static io.modeldepot.events.topic.Party.JANITOR;
import static io.modeldepot.events.topic.Party.MIRROR;
import static io.modeldepot.events.topic.Party.OPERATOR;
import static io.modeldepot.events.topic.Party.PLACEMENT;
import static io.modeldepot.events.topic.Party.REGISTRY;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.PlacementDue;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.fact.ModelCorrupted;
import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.state.CalibrationLearnt;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.ModelChecked;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.state.StorageReported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every topic, once. Services create the missing ones at start and never alter one. */
public final class Topics {
  /** The largest record, before compression: a manifest of thousands of files fits. */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  public static final TopicSpec DOWNLOAD_REQUESTED =
      command(
          "download-requested",
          DownloadRequested.class,
          "model, may be null",
          // A mirror that has not got what is asked for, a janitor that found damage.
          EnumSet.of(REGISTRY, JANITOR, MIRROR, OPERATOR),
          DOWNLOADER);
  public static final TopicSpec CLEANUP_DUE =
      command(
          "cleanup-due", CleanupDue.class, "any", EnumSet.of(REGISTRY, JANITOR, OPERATOR), JANITOR);
  public static final TopicSpec BACKUP_DUE =
      command(
          "backup-due", BackupDue.class, "any", EnumSet.of(REGISTRY, JANITOR, OPERATOR), JANITOR);
  public static final TopicSpec RESTORE_REQUESTED =
      command(
          "restore-requested",
          RestoreRequested.class,
          "any",
          EnumSet.of(REGISTRY, OPERATOR),
          JANITOR);
  public static final TopicSpec PLACEMENT_DUE =
      command(
          "placement-due", PlacementDue.class, "any", EnumSet.of(REGISTRY, OPERATOR), PLACEMENT);

  public static final TopicSpec MODEL_DESCRIBED =
      state(
          "model-described",
          ModelDescribed.class,
          "model",
          EnumSet.of(REGISTRY),
          EnumSet.of(REGISTRY, DOWNLOADER, JANITOR, PLACEMENT));
  public static final TopicSpec SITE_DESCRIBED =
      state(
          "site-described",
          SiteDescribed.class,
          "the setting's key",
          EnumSet.of(REGISTRY),
          EnumSet.of(REGISTRY, JANITOR, PLACEMENT));
  public static final TopicSpec ACCESS_CHANGED =
      state(
          "access-changed",
          AccessChanged.class,
          "token id",
          EnumSet.of(REGISTRY),
          EnumSet.of(REGISTRY, PLACEMENT, MIRROR));
  public static final TopicSpec MODEL_VERIFIED =
      with(
          state(
              "model-verified",
              ModelVerified.class,
              "location/model/commit",
              EnumSet.of(DOWNLOADER),
              EnumSet.of(REGISTRY, DOWNLOADER, JANITOR, PLACEMENT, MIRROR)),
          Map.of(
              "max.message.bytes", Integer.toString(MAX_RECORD_BYTES), "compression.type", "zstd"));
  public static final TopicSpec MODEL_CHECKED =
      state(
          "model-checked",
          ModelChecked.class,
          "location/model/commit",
          EnumSet.of(JANITOR),
          EnumSet.of(REGISTRY, DOWNLOADER));
  public static final TopicSpec MODEL_PLACED =
      state(
          "model-placed",
          ModelPlaced.class,
          "model",
          EnumSet.of(PLACEMENT),
          EnumSet.of(REGISTRY, DOWNLOADER, JANITOR, PLACEMENT));
  public static final TopicSpec PLAN_PROPOSED =
      with(
          state(
              "plan-proposed",
              PlanProposed.class,
              "plan/instance",
              EnumSet.of(PLACEMENT),
              EnumSet.of(PLACEMENT)),
          withLargeRecords(compactAndDelete(Duration.ofDays(1))));
  public static final TopicSpec CALIBRATION_LEARNT =
      state(
          "calibration-learnt",
          CalibrationLearnt.class,
          "model/engine/GPU name",
          EnumSet.of(PLACEMENT),
          EnumSet.of(PLACEMENT));
  public static final TopicSpec MODEL_USED =
      partitioned(
          with(
              state(
                  "model-used",
                  ModelUsed.class,
                  "location/model/commit/kind/holder",
                  EnumSet.of(REGISTRY, MIRROR),
                  EnumSet.of(REGISTRY, JANITOR)),
              compactAndDelete(Duration.ofDays(400))));
  public static final TopicSpec STORAGE_REPORTED =
      state(
          "storage-reported",
          StorageReported.class,
          "location",
          EnumSet.of(DOWNLOADER),
          EnumSet.of(REGISTRY, DOWNLOADER, JANITOR, MIRROR));
  public static final TopicSpec GPU_REPORTED =
      state(
          "gpu-reported",
          GpuReported.class,
          "host",
          // The registry forgets a host that is gone.
          EnumSet.of(REGISTRY, PLACEMENT, AGENT),
          EnumSet.of(REGISTRY, JANITOR, PLACEMENT));
  public static final TopicSpec ENGINE_REPORTED =
      state(
          "engine-reported",
          EngineReported.class,
          "location/model",
          EnumSet.of(DOWNLOADER),
          EnumSet.of(REGISTRY, PLACEMENT));
  public static final TopicSpec SERVICE_REPORTED =
      with(
          state(
              "service-reported",
              ServiceReported.class,
              "service/instance",
              EnumSet.complementOf(EnumSet.of(OPERATOR)),
              EnumSet.of(REGISTRY)),
          compactAndDelete(Duration.ofDays(1)));
  public static final TopicSpec DOWNLOAD_PROGRESSED =
      partitioned(
          with(
              state(
                  "download-progressed",
                  DownloadProgressed.class,
                  "request id",
                  EnumSet.of(DOWNLOADER),
                  EnumSet.of(REGISTRY, DOWNLOADER)),
              compactAndDelete(Duration.ofDays(7))));
  public static final TopicSpec MAINTENANCE_PROGRESSED =
      partitioned(
          with(
              state(
                  "maintenance-progressed",
                  MaintenanceProgressed.class,
                  "request id",
                  EnumSet.of(JANITOR),
                  EnumSet.of(REGISTRY, DOWNLOADER)),
              compactAndDelete(Duration.ofDays(30))));

  public static final TopicSpec DOWNLOAD_FAILED =
      fact("download-failed", DownloadFailed.class, DOWNLOADER, EnumSet.of(REGISTRY));
  public static final TopicSpec MODEL_REMOVED =
      fact("model-removed", ModelRemoved.class, JANITOR, EnumSet.of(REGISTRY));
  public static final TopicSpec MODEL_CORRUPTED =
      fact("model-corrupted", ModelCorrupted.class, JANITOR, EnumSet.of(REGISTRY, DOWNLOADER));

  /** Every topic without the dead-letter topics. */
  public static final List<TopicSpec> PAYLOAD_TOPICS =
      List.of(
          DOWNLOAD_REQUESTED,
          CLEANUP_DUE,
          BACKUP_DUE,
          RESTORE_REQUESTED,
          PLACEMENT_DUE,
          MODEL_DESCRIBED,
          SITE_DESCRIBED,
          ACCESS_CHANGED,
          MODEL_VERIFIED,
          MODEL_CHECKED,
          MODEL_PLACED,
          PLAN_PROPOSED,
          CALIBRATION_LEARNT,
          MODEL_USED,
          STORAGE_REPORTED,
          GPU_REPORTED,
          ENGINE_REPORTED,
          SERVICE_REPORTED,
          DOWNLOAD_PROGRESSED,
          MAINTENANCE_PROGRESSED,
          DOWNLOAD_FAILED,
          MODEL_REMOVED,
          MODEL_CORRUPTED);

  /** Every topic, dead-letter topics too. */
  public static final List<TopicSpec> ALL = all();

  private Topics() {}

  /** The topic of that name. */
  public static Optional<TopicSpec> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static List<TopicSpec> all() {
    List<TopicSpec> topics = new ArrayList<>(PAYLOAD_TOPICS);
    for (TopicSpec topic : PAYLOAD_TOPICS) {
      if (topic.kind() == TopicKind.COMMAND) {
        topics.add(
            new TopicSpec(
                topic.deadLetterName(),
                TopicKind.DEAD_LETTER,
                "as original",
                1,
                // What was refused and its reason together are larger than what was refused.
                withLargeRecords(retention(Duration.ofDays(30))),
                topic.payload(),
                topic.readers().stream()
                    .filter(reader -> reader != REGISTRY)
                    .collect(Collectors.toSet()),
                EnumSet.of(OPERATOR)));
      }
    }
    return List.copyOf(topics);
  }

  /** The registry keeps account of every command. */
  private static TopicSpec command(
      String name, Class<?> payload, String key, Set<Party> writers, Party executor) {
    Map<String, String> settings = new LinkedHashMap<>(retention(Duration.ofDays(7)));
    settings.put("message.timestamp.type", "LogAppendTime");
    return new TopicSpec(
        name,
        TopicKind.COMMAND,
        key,
        1,
        settings,
        payload,
        writers,
        EnumSet.of(REGISTRY, executor));
  }

  private static TopicSpec state(
      String name, Class<?> payload, String key, Set<Party> writers, Set<Party> readers) {
    Map<String, String> settings =
        Map.of(
            "cleanup.policy", "compact",
            "delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
            "min.compaction.lag.ms", Long.toString(Duration.ofMinutes(1).toMillis()));
    return new TopicSpec(name, TopicKind.STATE, key, 1, settings, payload, writers, readers);
  }

  private static TopicSpec fact(String name, Class<?> payload, Party writer, Set<Party> readers) {
    return new TopicSpec(
        name,
        TopicKind.FACT,
        "model",
        1,
        retention(Duration.ofDays(30)),
        payload,
        EnumSet.of(writer),
        readers);
  }

  private static TopicSpec with(TopicSpec topic, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(topic.settings());
    settings.putAll(more);
    return new TopicSpec(
        topic.name(),
        topic.kind(),
        topic.key(),
        topic.partitions(),
        settings,
        topic.payload(),
        topic.writers(),
        topic.readers());
  }

  private static TopicSpec partitioned(TopicSpec topic) {
    return new TopicSpec(
        topic.name(),
        topic.kind(),
        topic.key(),
        6,
        topic.settings(),
        topic.payload(),
        topic.writers(),
        topic.readers());
  }

  private static Map<String, String> compactAndDelete(Duration kept) {
    return Map.of(
        "cleanup.policy", "compact,delete", "retention.ms", Long.toString(kept.toMillis()));
  }

  private static Map<String, String> withLargeRecords(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
    return all;
  }

  private static Map<String, String> retention(Duration kept) {
    return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(kept.toMillis()));
  }
}
