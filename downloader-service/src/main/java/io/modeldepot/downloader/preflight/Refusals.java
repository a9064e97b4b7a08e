package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.fetch.Listing;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Source;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.NameFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a download is refused for before the first byte, in words. Pure. */
final class Refusals {
  private static final int SHOWN = 5;
  private static final long MAX_MANIFEST_BYTES = 7L << 20;

  /** A manifest entry without its path: two digests, how it was verified, CRCs, names of fields. */
  private static final int BYTES_PER_FILE = 330;

  private static final int BYTES_PER_BLOCK = 6;

  private Refusals() {}

  static Optional<Problem> licence(Source source, List<String> refused) {
    return source
        .licence()
        .filter(licence -> refused.stream().anyMatch(licence::equalsIgnoreCase))
        .map(
            licence ->
                Problem.of(
                    ProblemCode.LICENCE_REFUSED,
                    "The licence %s is refused at this site.".formatted(licence),
                    Map.of("licence", licence)));
  }

  /** Every name is judged, selected or not: the manifest lists them all. */
  static Optional<Problem> names(Listing listing) {
    List<NameFault> faults =
        FilePaths.faults(listing.files().stream().map(Listing.Entry::path).toList());
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = faults.stream().limit(SHOWN).map(NameFault::toString).toList();
    return Optional.of(
        Problem.of(
            ProblemCode.BAD_NAME,
            "The repository has %s that may not be on the volume: %s"
                .formatted(
                    faults.size() == 1 ? "a file name" : faults.size() + " file names",
                    String.join("; ", shown)),
            Map.of("files", shown)));
  }

  /** A manifest travels in one record; one that would not fit is refused before its bytes come. */
  static Optional<Problem> size(Listing listing) {
    long bytes = 0;
    for (Listing.Entry file : listing.files()) {
      bytes +=
          BYTES_PER_FILE
              + file.path().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
              + BYTES_PER_BLOCK * (file.sizeBytes() >> 24);
    }
    if (listing.files().size() <= Manifest.MAX_FILES && bytes <= MAX_MANIFEST_BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            ProblemCode.TOO_LARGE,
            listing.files().size() > Manifest.MAX_FILES
                ? "The repository has %d files; a version may have %d."
                    .formatted(listing.files().size(), Manifest.MAX_FILES)
                : "The manifest would have %s, with the digest of every 16 MiB; it may have %s."
                    .formatted(mebibytes(bytes), mebibytes(MAX_MANIFEST_BYTES)),
            Map.of("files", listing.files().size(), "manifestBytes", bytes)));
  }

  private static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / (double) (1 << 20));
  }

  static Problem nothingSelected(Listing listing) {
    return Problem.of(
        ProblemCode.INVALID,
        "Include and exclude leave none of the repository's %d files."
            .formatted(listing.files().size()));
  }

  static Problem noSpace(Job job, long neededBytes, SpaceLedger.Balance balance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("neededBytes", neededBytes);
    facts.put("freeBytes", balance.freeBytes());
    facts.put("reservedBytes", balance.reservedBytes());
    facts.put("capacityBytes", balance.capacityBytes());
    return Problem.of(
        ProblemCode.NO_SPACE,
        "%s needs %s; %s are free after %s reserved for running downloads."
            .formatted(
                job.model(),
                gigabytes(neededBytes),
                gigabytes(balance.freeBytes()),
                gigabytes(balance.reservedBytes())),
        facts);
  }

  static Problem unknownModel(Job job) {
    return Problem.of(
        ProblemCode.UNKNOWN_MODEL,
        "The catalog has no entry for %s.".formatted(job.model()),
        Map.of("model", job.model().value()));
  }

  /** Decimal, as hubs show sizes of files. */
  private static String gigabytes(long bytes) {
    return bytes < 100_000_000
        ? "%.1f MB".formatted(bytes / 1e6)
        : "%.1f GB".formatted(bytes / 1e9);
  }
}
