package io.modeldepot.cli.command.bundle;

import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.cli.failure.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long parts may be, as a person types it. */
final class PartSize {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmg]?)(i?)b?");

  private PartSize() {}

  /**
   * "4GiB", "700MiB", "4.7g". 4 GiB means a byte less, which is what FAT32 holds.
   *
   * @throws Failure if it is no size, or none that parts can have
   */
  static long of(String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw Failure.usage("--split \"" + text + "\" is no size")
          .because("it must look like 4GiB, 700MiB or 650m");
    }
    double unit =
        Math.pow(
            parts.group(3).isEmpty() ? 1000 : 1024,
            " kmg".indexOf((parts.group(2) + " ").charAt(0)));
    double bytes = Double.parseDouble(parts.group(1)) * unit;
    if (bytes < BundleIndex.LEAST_PART_BYTES || bytes > BundleIndex.MOST_PART_BYTES + 1) {
      throw Failure.usage("--split " + text + " is no length of parts")
          .because("they have from 1MiB to 4GiB, so that every medium holds them");
    }
    return Math.min(Math.round(bytes), BundleIndex.MOST_PART_BYTES);
  }
}
