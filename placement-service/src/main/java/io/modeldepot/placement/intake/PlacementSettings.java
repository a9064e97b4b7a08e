package io.modeldepot.placement.intake;

import io.modeldepot.placement.site.CalibrationUse;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How placement works. */
@ConfigMapping(prefix = "depot.placement")
public interface PlacementSettings {
  /** A file with hosts that do not report by themselves; without one, the two GPUs of the seed. */
  Optional<Path> inventory();

  /** The location whose volume the GPUs of the seed mount. */
  @WithDefault("default")
  String location();

  /** What this instance does. */
  @WithDefault("planner")
  Role role();

  /** Whether the GPUs of this host are reported: by itself where there is {@code nvidia-smi}. */
  @WithDefault("auto")
  AgentPolicy agent();

  /** This host's name; by default what the system calls it. */
  Optional<String> host();

  /** Time between two reports. */
  @WithDefault("10s")
  Duration reportEvery();

  /** What tells of the GPUs. */
  @WithDefault("nvidia-smi")
  String nvidiaSmi();

  /**
   * Engines of this host that may be asked for their metrics, each as {@code gpus=URL}: {@code
   * 0=http://127.0.0.1:8000}.
   */
  Optional<List<String>> engines();

  /** Whether plans are made by what engines were measured to take, or that is only shown. */
  @WithDefault("shown")
  CalibrationUse calibration();

  /** The part of a GPU's memory that is planned with, more than 0 and at most 1. */
  @WithDefault("0.90")
  double utilisation();

  /** How long what is on a lost GPU stays there. */
  @WithDefault("5m")
  Duration grace();

  /** How long to look for a better plan. */
  @WithDefault("1s")
  Duration search();

  /** How long the site must be quiet before it is planned anew. */
  @WithDefault("500ms")
  Duration quiet();

  /** How long changes may at most put a new plan off. */
  @WithDefault("5s")
  Duration patience();

  /** Whether plans go into force by themselves. */
  @WithDefault("automatic")
  ApplyPolicy apply();

  /** What an instance does. */
  enum Role {
    /** Plans, or waits to. */
    PLANNER,
    /** Reports the GPUs of its host, nothing else. */
    AGENT
  }

  /** Whether this host's GPUs are reported. */
  enum AgentPolicy {
    /** Where there is the program for it. */
    AUTO,
    ON,
    OFF
  }

  /** Where engines have the volume. */
  @WithDefault("/opt/ai-models")
  String engineModelsDir();
}
