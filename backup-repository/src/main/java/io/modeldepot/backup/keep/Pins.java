package io.modeldepot.backup.keep;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.repository.SummedJson;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The pins of a repository: {@code pins/<backup>.json}. */
public final class Pins {
  static final String FOLDER = "pins";

  private final Repository repository;
  private final Storage storage;

  /** The pins of a repository. */
  public Pins(Repository repository) {
    this.repository = repository;
    this.storage = repository.storage();
  }

  /**
   * One pin.
   *
   * @param format 1
   * @param backup which backup stays
   * @param reason why
   * @param by who said so
   * @param at when
   */
  public record Pin(
      @JsonProperty(required = true) int format,
      @JsonProperty(required = true) String backup,
      @JsonProperty(required = true) String reason,
      @JsonProperty(required = true) String by,
      @JsonProperty(required = true) Instant at) {}

  /**
   * Pins a backup; one that is pinned gets another reason.
   *
   * @throws io.modeldepot.backup.repository.UnknownSnapshot if there is none such
   */
  public Pin pin(String backup, String reason, String by, Instant at) throws IOException {
    Snapshots.Named named = repository.snapshots().find(backup);
    Pin pin = new Pin(1, named.id(), reason, by, at);
    storage.put(object(named.id()), SummedJson.write(pin));
    return pin;
  }

  /** Takes a pin away; where there is none there is none. */
  public String unpin(String backup) throws IOException {
    String id = repository.snapshots().find(backup).id();
    storage.delete(object(id));
    return id;
  }

  /**
   * All of them, by backup.
   *
   * @throws io.modeldepot.backup.pack.DamagedObject if one cannot be read: nobody may then decide
   *     what goes
   */
  public Map<String, Pin> all() throws IOException {
    Map<String, Pin> pins = new HashMap<>();
    for (Storage.Stored object : storage.list(FOLDER)) {
      try {
        Pin pin = SummedJson.read(storage.get(object.name()), Pin.class, object.name());
        pins.put(pin.backup(), pin);
      } catch (NoSuchObject e) {
        continue;
      }
    }
    return pins;
  }

  private static String object(String backup) {
    return FOLDER + "/" + backup + ".json";
  }
}
