package io.modeldepot.store.claim;

import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.call.FileCalls;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One holding of one claim: an instance and a number that no other holding has.
 *
 * @param instance the process, for example {@code downloader-1}
 * @param number 8 hexadecimal digits, new with every take
 */
public record Holder(String instance, String number) {
  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8}");

  /** Refuses what is no directory name of ours. */
  public Holder {
    if (!INSTANCE.matcher(instance).matches() || !NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException("No name of a holder: " + instance + "-" + number);
    }
  }

  /** A new holding by an instance. */
  static Holder next(String instance, FileCalls calls) {
    return new Holder(instance, FreshName.eightHex(calls));
  }

  /** The holder that a directory is named after; empty if that is no name of a holder. */
  static Optional<Holder> ofEntry(String entry) {
    int dash = entry.lastIndexOf('-');
    if (dash < 0
        || !INSTANCE.matcher(entry.substring(0, dash)).matches()
        || !NUMBER.matcher(entry.substring(dash + 1)).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Holder(entry.substring(0, dash), entry.substring(dash + 1)));
  }

  /** {@code <instance>-<8 hex>}, the name of the directory. */
  @Override
  public String toString() {
    return instance + "-" + number;
  }
}
