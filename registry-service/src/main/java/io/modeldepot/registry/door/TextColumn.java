package io.modeldepot.registry.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.Figures;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column of a table in plain text. The lists that the command shows have its headings and its
 * words, in its order.
 *
 * @param right whether its cells stand at the right, as numbers do
 * @param cell what an item says there at a moment; {@code -} for nothing
 */
record TextColumn(String heading, boolean right, BiFunction<JsonNode, Instant, String> cell) {
  private static final int OF_A_COMMIT = 7;

  /** By the last part of the list's address. */
  static final Map<String, List<TextColumn>> LISTS =
      Map.of(
          "models",
          List.of(
              text("NAME", "/model"),
              commit("VERSION", "/current/commit"),
              text("STATE", "/state"),
              bytes("SIZE", "/current/sizeBytes"),
              age("VERIFIED", "/current/verifiedAt")),
          "versions",
          List.of(
              commit("VERSION", "/commit"),
              word("STATE", it -> it.path("current").asBoolean() ? "current" : at(it, "/state")),
              text("LOCATION", "/location"),
              bytes("SIZE", "/sizeBytes"),
              number("FILES", "/fileCount"),
              age("VERIFIED", "/verifiedAt"),
              text("BY", "/verifiedBy")),
          "downloads",
          List.of(
              text("ID", "/id"),
              text("MODEL", "/model"),
              commit("VERSION", "/commit"),
              text("STATE", "/state"),
              new TextColumn("DONE", true, (it, now) -> done(it)),
              bytes("SIZE", "/totalBytes"),
              age("AGE", "/createdAt"),
              text("PROBLEM", "/problem/code")),
          "gpus",
          List.of(
              word("GPU", it -> at(it, "/host") + "/" + at(it, "/id")),
              text("NAME", "/name"),
              text("STATE", "/state"),
              gib("GIB", "/memoryBytes"),
              gib("USABLE", "/usableBytes"),
              gib("FREE", "/freeBytes"),
              word("MODELS", it -> words(it.path("models"), share -> at(share, "/model"))),
              text("REASON", "/reason")),
          "placements",
          List.of(
              text("MODEL", "/model"),
              text("STATE", "/state"),
              word("GPUS", it -> words(it.path("replicas"), TextColumn::where)),
              new TextColumn("USERS", true, (it, now) -> users(it)),
              age("SINCE", "/decidedAt"),
              text("REASON", "/reason")));

  private static TextColumn text(String heading, String pointer) {
    return word(heading, it -> at(it, pointer));
  }

  private static TextColumn word(String heading, Function<JsonNode, String> says) {
    return new TextColumn(heading, false, (it, now) -> says.apply(it));
  }

  private static TextColumn number(String heading, String pointer) {
    return new TextColumn(heading, true, (it, now) -> at(it, pointer));
  }

  private static TextColumn commit(String heading, String pointer) {
    return word(
        heading,
        it -> {
          String commit = at(it, pointer);
          return commit.substring(0, Math.min(OF_A_COMMIT, commit.length()));
        });
  }

  private static TextColumn bytes(String heading, String pointer) {
    return new TextColumn(
        heading,
        true,
        (it, now) -> it.at(pointer).isNumber() ? Figures.bytes(it.at(pointer).asLong()) : "-");
  }

  private static TextColumn gib(String heading, String pointer) {
    return new TextColumn(
        heading, true, (it, now) -> Figures.gib(Math.max(0, it.at(pointer).asLong())));
  }

  private static TextColumn age(String heading, String pointer) {
    return new TextColumn(
        heading,
        true,
        (it, now) -> {
          try {
            return Figures.age(Instant.parse(it.at(pointer).asText()), now);
          } catch (DateTimeException e) {
            return "-";
          }
        });
  }

  private static String at(JsonNode item, String pointer) {
    String text = item.at(pointer).asText("");
    return text.isEmpty() ? "-" : text;
  }

  private static String done(JsonNode download) {
    long total = download.path("totalBytes").asLong();
    return total > 0 ? Figures.percent(download.path("doneBytes").asLong(), total) : "-";
  }

  private static String words(JsonNode list, Function<JsonNode, String> word) {
    List<String> words = new ArrayList<>();
    list.forEach(one -> words.add(word.apply(one)));
    return words.isEmpty() ? "-" : String.join(" ", words);
  }

  private static String where(JsonNode replica) {
    String host = at(replica, "/host");
    return words(replica.path("gpus"), gpu -> host + "/" + at(gpu, "/id"));
  }

  private static String users(JsonNode placement) {
    long users = 0;
    for (JsonNode replica : placement.path("replicas")) {
      users += replica.path("users").asLong();
    }
    return users == 0 ? "-" : Long.toString(users);
  }
}
