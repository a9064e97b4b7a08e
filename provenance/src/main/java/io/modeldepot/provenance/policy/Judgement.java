package io.modeldepot.provenance.policy;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.provenance.remotecode.RemoteCode;
import io.modeldepot.provenance.scan.ModelScan;
import io.modeldepot.provenance.scan.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What was found in the files of a version, and what a policy says of it.
 *
 * @param scan the judgement, in the words of events
 * @param pickles whether there are files that a pickle reader would carry out, or that hide what
 *     they are
 * @param itsOwnCode whether the repository needs its own Python code
 */
public record Judgement(Scan scan, boolean pickles, boolean itsOwnCode) {
  /**
   * Looks at every file and judges. Judging again gives the same answer.
   *
   * @param files path in the repository, to where the file lies now
   * @throws IOException if one cannot be read
   */
  public static Judgement of(Map<String, Path> files, Policy policy) throws IOException {
    ModelScan scan = ModelScan.of(files);
    RemoteCode code = RemoteCode.read(files);
    return new Judgement(policy.judge(scan, code), scan.verdict() != Verdict.DATA, code.needed());
  }

  /** Whether the version must not be published. */
  public boolean refused() {
    return scan.status() == ScanStatus.REFUSED;
  }

  /** A profile with what was found here. */
  public ModelProfile in(ModelProfile profile) {
    return profile.running(profile.trustRemoteCode() || itsOwnCode, pickles);
  }
}
