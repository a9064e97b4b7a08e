package io.modeldepot.cli.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.DownloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One moment of a download job.
 *
 * @param revision what it resolved to (seven letters of the commit), else what was asked for, else
 *     empty
 * @param rate bytes per second, 0 when unknown
 * @param etaSeconds -1 when unknown
 * @param record what the view was made from, unchanged
 */
public record Job(
    String id,
    String model,
    String revision,
    DownloadState state,
    long sequence,
    long totalBytes,
    long doneBytes,
    long reusedBytes,
    long fetchedBytes,
    int filesTotal,
    int filesDone,
    double rate,
    long etaSeconds,
    String waitingFor,
    List<File> inFlight,
    JsonNode problem,
    JsonNode record) {

  /** A file being transferred right now. */
  public record File(String path, long sizeBytes, long doneBytes) {}

  /**
   * From a resource of {@code /downloads} or the payload of {@code download-progressed}; they share
   * their fields.
   */
  public static Job of(JsonNode n) {
    List<File> files = new ArrayList<>();
    for (JsonNode f : n.path("inFlight")) {
      files.add(
          new File(
              f.path("path").asText("?"),
              f.path("sizeBytes").asLong(),
              f.path("doneBytes").asLong()));
    }
    String commit = n.path("commit").asText("");
    return new Job(
        n.path("id").asText(n.path("requestId").asText("")),
        n.path("model").asText(n.path("repository").asText("?")),
        commit.isEmpty()
            ? n.path("revision").asText("")
            : commit.substring(0, Math.min(7, commit.length())),
        state(n.path("state").asText("")),
        n.path("sequence").asLong(-1),
        n.path("totalBytes").asLong(),
        n.path("doneBytes").asLong(),
        n.path("reusedBytes").asLong(),
        n.path("fetchedBytes").asLong(),
        n.path("filesTotal").asInt(),
        n.path("filesDone").asInt(),
        n.path("rateBytesPerSecond").asDouble(),
        n.path("etaSeconds").asLong(-1),
        n.path("waitingFor").asText(""),
        List.copyOf(files),
        n.path(n.has("problem") ? "problem" : "error"),
        n);
  }

  /** Final states never change. */
  public boolean ended() {
    return ended(state);
  }

  /** The states that change, in the registry's words: to ask for jobs that have not ended. */
  public static List<String> goingOn() {
    return Stream.of(DownloadState.values())
        .filter(state -> state != DownloadState.UNKNOWN && !ended(state))
        .map(state -> state.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean ended(DownloadState state) {
    return switch (state) {
      case DONE, FAILED, CANCELLED, EXPIRED, PLANNED -> true;
      case REQUESTED,
          WAITING,
          RESOLVING,
          CHECKING,
          TRANSFERRING,
          PUBLISHING,
          ANNOUNCING,
          JOINED,
          UNKNOWN ->
          false;
    };
  }

  /** The phase in a word or three. */
  public String phase() {
    return switch (state) {
      case REQUESTED -> "requested";
      case WAITING -> waitingFor.isEmpty() ? "waiting" : "waiting for " + waitingWords();
      case RESOLVING -> "resolve";
      case CHECKING -> "check";
      case TRANSFERRING -> "transfer";
      case PUBLISHING -> "publish";
      case ANNOUNCING -> "announce";
      case JOINED -> "shares a running job";
      case PLANNED -> "planned";
      case DONE -> "done";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
      case EXPIRED -> "expired";
      case UNKNOWN -> "unknown";
    };
  }

  private String waitingWords() {
    return switch (waitingFor) {
      case "slot" -> "a slot";
      case "space" -> "space";
      case "hub" -> "the hub";
      case "catalog" -> "the catalog";
      default -> waitingFor;
    };
  }

  private static DownloadState state(String word) {
    try {
      return DownloadState.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      return DownloadState.UNKNOWN;
    }
  }
}
