package io.modeldepot.downloader.trust;

import io.modeldepot.provenance.policy.Rule;
import io.modeldepot.provenance.policy.SignatureRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trust with settings of one's own, where no service runs. */
public final class TestTrust {
  private TestTrust() {}

  /**
   * Warns of everything but what is said of publishers.
   *
   * @param upstreamKeys as the setting has them
   */
  public static Trust of(SignatureRule upstreamSignatures, String... upstreamKeys) {
    return new Trust(
        new TrustSettings() {
          @Override
          public Rule pickles() {
            return Rule.WARN;
          }

          @Override
          public Rule remoteCode() {
            return Rule.WARN;
          }

          @Override
          public Optional<Path> signingKey() {
            return Optional.empty();
          }

          @Override
          public Optional<List<Path>> trustedKeys() {
            return Optional.empty();
          }

          @Override
          public SignatureRule upstreamSignatures() {
            return upstreamSignatures;
          }

          @Override
          public Optional<List<String>> upstreamKeys() {
            return upstreamKeys.length == 0 ? Optional.empty() : Optional.of(List.of(upstreamKeys));
          }
        });
  }
}
