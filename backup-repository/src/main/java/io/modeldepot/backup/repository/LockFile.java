package io.modeldepot.backup.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.time.Instant;

/**
 * {@code locks/<holder>.json}. Lies open in a sealed repository too, so that whoever is refused can
 * be told by whom.
 *
 * @param format 1
 * @param holder who
 * @param host on which machine, to be shown
 * @param machine where its process number means something: boot id and pid namespace
 * @param pid in which process there
 * @param started when that process started, in milliseconds of its machine
 * @param purpose for what
 * @param since when it was taken, by the holder's clock; only to be shown
 * @param counter rises every 30 s while the holder lives
 */
public record LockFile(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String holder,
    @JsonProperty(required = true) String host,
    @JsonProperty(required = true) String machine,
    @JsonProperty(required = true) long pid,
    @JsonProperty(required = true) long started,
    @JsonProperty(required = true) String purpose,
    @JsonProperty(required = true) Instant since,
    @JsonProperty(required = true) long counter) {
  static final String FOLDER = "locks";

  /** Refuses what is missing. */
  public LockFile {
    Components.required(holder, "holder");
    Components.required(host, "host");
    Components.required(machine, "machine");
    Components.required(purpose, "purpose");
    Components.required(since, "since");
  }

  String object() {
    return FOLDER + "/" + holder + ".json";
  }

  LockFile next() {
    return new LockFile(format, holder, host, machine, pid, started, purpose, since, counter + 1);
  }
}
