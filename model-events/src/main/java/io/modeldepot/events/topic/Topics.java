package io.modeldepot.events.topic;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every topic, once. Services create the missing ones at start and never alter one. */
public final class Topics {
  /** The largest record, before compression: a manifest of thousands of files fits. */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  public static final TopicSpec DOWNLOAD_REQUESTED =
      command(
          "download-requested",
          DownloadRequested.class,
          "model, may be null",
          "downloader, registry");
  public static final TopicSpec CLEANUP_DUE =
      command("cleanup-due", CleanupDue.class, "any", "janitor, registry");
  public static final TopicSpec BACKUP_DUE =
      command("backup-due", BackupDue.class, "any", "janitor, registry");
  public static final TopicSpec RESTORE_REQUESTED =
      command("restore-requested", RestoreRequested.class, "any", "janitor, registry");
  public static final TopicSpec PLACEMENT_DUE =
      command("placement-due", PlacementDue.class, "any", "placement, registry");

  public static final TopicSpec MODEL_DESCRIBED =
      state(
          "model-described",
          ModelDescribed.class,
          "model",
          "registry",
          "downloader, janitor, placement, mirror");
  public static final TopicSpec SITE_DESCRIBED =
      state(
          "site-described",
          SiteDescribed.class,
          "the setting's key",
          "registry",
          "janitor, placement, downloader");
  public static final TopicSpec ACCESS_CHANGED =
      state("access-changed", AccessChanged.class, "token id", "registry", "every door");
  public static final TopicSpec MODEL_VERIFIED =
      with(
          state(
              "model-verified", ModelVerified.class, "location/model/commit", "downloader", "all"),
          Map.of(
              "max.message.bytes", Integer.toString(MAX_RECORD_BYTES), "compression.type", "zstd"));
  public static final TopicSpec MODEL_CHECKED =
      state(
          "model-checked",
          ModelChecked.class,
          "location/model/commit",
          "janitor",
          "registry, downloader");
  public static final TopicSpec MODEL_PLACED =
      state(
          "model-placed", ModelPlaced.class, "model", "placement", "registry, janitor, downloader");
  public static final TopicSpec PLAN_PROPOSED =
      with(
          state("plan-proposed", PlanProposed.class, "plan/instance", "placement", "placement"),
          withLargeRecords(compactAndDelete(Duration.ofDays(1))));
  public static final TopicSpec CALIBRATION_LEARNT =
      state(
          "calibration-learnt",
          CalibrationLearnt.class,
          "model/engine/GPU name",
          "placement",
          "placement");
  public static final TopicSpec MODEL_USED =
      partitioned(
          with(
              state(
                  "model-used",
                  ModelUsed.class,
                  "location/model/commit/kind/holder",
                  "mirror, registry",
                  "janitor, registry"),
              compactAndDelete(Duration.ofDays(400))));
  public static final TopicSpec STORAGE_REPORTED =
      state(
          "storage-reported",
          StorageReported.class,
          "location",
          "downloader",
          "registry, placement, mirror, downloader");
  public static final TopicSpec GPU_REPORTED =
      state("gpu-reported", GpuReported.class, "host", "placement as agent", "placement, registry");
  public static final TopicSpec ENGINE_REPORTED =
      state(
          "engine-reported",
          EngineReported.class,
          "location/model",
          "downloader",
          "placement, registry");
  public static final TopicSpec SERVICE_REPORTED =
      with(
          state(
              "service-reported",
              ServiceReported.class,
              "service/instance",
              "every service",
              "registry"),
          compactAndDelete(Duration.ofDays(1)));
  public static final TopicSpec DOWNLOAD_PROGRESSED =
      partitioned(
          with(
              state(
                  "download-progressed",
                  DownloadProgressed.class,
                  "request id",
                  "downloader",
                  "registry"),
              compactAndDelete(Duration.ofDays(7))));
  public static final TopicSpec MAINTENANCE_PROGRESSED =
      partitioned(
          with(
              state(
                  "maintenance-progressed",
                  MaintenanceProgressed.class,
                  "request id",
                  "janitor",
                  "registry, downloader"),
              compactAndDelete(Duration.ofDays(30))));

  public static final TopicSpec DOWNLOAD_FAILED =
      fact("download-failed", DownloadFailed.class, "downloader", "registry");
  public static final TopicSpec MODEL_REMOVED =
      fact("model-removed", ModelRemoved.class, "janitor", "registry, downloader");
  public static final TopicSpec MODEL_CORRUPTED =
      fact("model-corrupted", ModelCorrupted.class, "janitor", "registry, downloader");

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
                "the service that executes",
                "people"));
      }
    }
    return List.copyOf(topics);
  }

  private static TopicSpec command(String name, Class<?> payload, String key, String readBy) {
    Map<String, String> settings = new LinkedHashMap<>(retention(Duration.ofDays(7)));
    settings.put("message.timestamp.type", "LogAppendTime");
    return new TopicSpec(name, TopicKind.COMMAND, key, 1, settings, payload, "anyone", readBy);
  }

  private static TopicSpec state(
      String name, Class<?> payload, String key, String writer, String readBy) {
    Map<String, String> settings =
        Map.of(
            "cleanup.policy", "compact",
            "delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis()),
            "min.compaction.lag.ms", Long.toString(Duration.ofMinutes(1).toMillis()));
    return new TopicSpec(name, TopicKind.STATE, key, 1, settings, payload, writer, readBy);
  }

  private static TopicSpec fact(String name, Class<?> payload, String writer, String readBy) {
    return new TopicSpec(
        name, TopicKind.FACT, "model", 1, retention(Duration.ofDays(30)), payload, writer, readBy);
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
        topic.writer(),
        topic.readBy());
  }

  private static TopicSpec partitioned(TopicSpec topic) {
    return new TopicSpec(
        topic.name(),
        topic.kind(),
        topic.key(),
        6,
        topic.settings(),
        topic.payload(),
        topic.writer(),
        topic.readBy());
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
