package io.modeldepot.registry.compare;

import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.PlannedFile;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.versions.VersionView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of one version for comparing it.
 *
 * @param commit 40 hex digits
 * @param files by path, those that are selected
 * @param fetchBytes to bring it here; 0 for what is here
 */
record Side(
    String commit,
    SortedMap<String, FileDigest> files,
    Optional<ModelProfile> profile,
    Optional<Reading> reading,
    Optional<String> licence,
    Optional<String> gated,
    Optional<Scan> scan,
    long fetchBytes) {

  /** A file's length and those of its digests that are known. */
  record FileDigest(long sizeBytes, Optional<Sha256> sha256, Optional<GitSha1> gitSha1) {

    /** Whether both are known to have the same bytes; without a digest in common they are not. */
    boolean sameAs(FileDigest other) {
      if (sizeBytes != other.sizeBytes) {
        return false;
      }
      if (sha256.isPresent() && other.sha256.isPresent()) {
        return sha256.equals(other.sha256);
      }
      return gitSha1.isPresent() && gitSha1.equals(other.gitSha1);
    }
  }

  /** A version that a location announced. */
  static Side here(VersionView version, List<VerifiedFile> files, Optional<Reading> reading) {
    SortedMap<String, FileDigest> digests = new TreeMap<>();
    for (VerifiedFile file : files) {
      if (file.present()) {
        digests.put(file.path(), new FileDigest(file.sizeBytes(), file.sha256(), file.gitSha1()));
      }
    }
    return new Side(
        version.commit(),
        digests,
        version.profile(),
        reading.filter(Side::known),
        version.source().licence(),
        version.source().gated(),
        version.scan(),
        0);
  }

  /** A revision as a plan saw it at the hub. */
  static Side planned(String commit, DownloadPlan plan) {
    SortedMap<String, FileDigest> digests = new TreeMap<>();
    for (PlannedFile file : plan.files()) {
      digests.put(file.path(), new FileDigest(file.sizeBytes(), file.sha256(), file.gitSha1()));
    }
    return new Side(
        commit,
        digests,
        plan.profile(),
        plan.reading().filter(Side::known),
        plan.licence(),
        plan.gated(),
        Optional.empty(),
        plan.fetchBytes());
  }

  private static boolean known(Reading reading) {
    return reading.format() == Reading.FORMAT;
  }
}
