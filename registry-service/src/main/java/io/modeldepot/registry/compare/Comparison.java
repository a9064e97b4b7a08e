package io.modeldepot.registry.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What changes from one version to another.
 *
 * @param headline what kind of change it is, one sentence
 * @param verdict every aspect that changes, in one line
 * @param fetchBytes to bring the second one here; 0 where it is here
 * @param aspects all that were compared, in the order in which people read them
 * @param changes single values, by aspect and key
 * @param unread sides of which the text files are not known: {@code from}, {@code to}
 * @param memory users that fit, by GPU, where placement answers and they differ
 * @param raw a unified diff of the text files, where it was asked for
 */
public record Comparison(
    String model,
    Version from,
    Version to,
    boolean same,
    String headline,
    String verdict,
    long fetchBytes,
    List<Aspect> aspects,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Change> changes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> unread,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MemoryEffect> memory,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> raw) {

  /** A side: how it was asked for, and what that is. */
  public record Version(String asked, String commit) {}

  /**
   * One aspect.
   *
   * @param name weights, configuration, chat-template, tokenizer, generation, licence, gate, code,
   *     scan, other-files
   * @param state same, changed or unknown
   * @param say what changes, in words
   * @param files that differ
   */
  public record Aspect(
      String name,
      String state,
      String say,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> files) {}

  /**
   * One value.
   *
   * @param key its path in the file
   * @param from JSON on one line; absent where it is new
   * @param to JSON on one line; absent where it is gone
   * @param meaning what the key decides, where it is one we know
   */
  public record Change(
      String aspect,
      String key,
      Optional<String> from,
      Optional<String> to,
      Optional<String> meaning) {}

  /** Users that fit an empty GPU at the longest context of each version. */
  public record MemoryEffect(String host, String gpu, int usersFrom, int usersTo) {}

  Comparison withMemory(List<MemoryEffect> effect) {
    String told = MemoryWords.verdict(verdict, effect);
    return new Comparison(
        model, from, to, same, headline, told, fetchBytes, aspects, changes, unread, effect, raw);
  }

  Comparison withRaw(List<String> lines) {
    return new Comparison(
        model,
        from,
        to,
        same,
        headline,
        verdict,
        fetchBytes,
        aspects,
        changes,
        unread,
        memory,
        lines);
  }
}
