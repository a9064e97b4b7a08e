package io.modeldepot.janitor.scrub;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When which version was checked last: {@code .depot/janitor/checks}. */
final class CheckBook {
  private final Notes notes;

  /**
   * A note.
   *
   * @param format 1
   * @param checkedAt when every byte was read
   * @param damaged whether that found damage
   * @param good files that the reading under way found whole; empty between readings
   * @param repair the download that was asked for, until its end was seen
   */
  record Check(
      @JsonProperty(required = true) int format,
      Instant checkedAt,
      boolean damaged,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> good,
      Optional<RequestId> repair) {
    Check {
      Components.required(checkedAt, "checkedAt");
      good = Components.list(good);
      repair = Components.optional(repair);
    }

    static Check of(Instant checkedAt, boolean damaged) {
      return new Check(1, checkedAt, damaged, List.of(), Optional.empty());
    }

    Check reading(List<String> soFar) {
      return new Check(format, checkedAt, damaged, soFar, repair);
    }

    Check repairedBy(Optional<RequestId> download) {
      return new Check(format, checkedAt, damaged, good, download);
    }
  }

  CheckBook(ModelStore store) {
    this.notes = store.notes("checks");
  }

  Optional<Check> last(ModelName model, CommitId commit) throws IOException {
    Optional<byte[]> json = notes.read(name(model, commit));
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(Wire.read(json.get(), Check.class));
    } catch (UnreadablePayload e) {
      // Then it is checked again.
      return Optional.empty();
    }
  }

  void write(ModelName model, CommitId commit, Check check) throws IOException {
    notes.write(name(model, commit), Wire.write(check));
  }

  /** Forgets versions that are not there any more. */
  void keepOnly(List<Survey.Version> versions) throws IOException {
    Set<String> there = new HashSet<>();
    versions.forEach(it -> there.add(name(it.model(), it.commit())));
    for (String name : notes.list()) {
      if (!there.contains(name)) {
        notes.forget(name);
      }
    }
  }

  private static String name(ModelName model, CommitId commit) {
    return commit + "-" + model.value().substring(0, Math.min(80, model.value().length()));
  }
}
