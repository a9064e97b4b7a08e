package io.modeldepot.downloader.trust;

import io.modeldepot.provenance.policy.Rule;
import io.modeldepot.provenance.policy.SignatureRule;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is done about code in models, and whose signatures count. */
@ConfigMapping(prefix = "depot.trust")
public interface TrustSettings {
  /** About pickles that would run what a checkpoint does not need, and files that hide one. */
  @WithDefault("warn")
  Rule pickles();

  /** About repositories that need their own Python code. */
  @WithDefault("warn")
  Rule remoteCode();

  /**
   * The private key that versions are signed with, a file in PEM; its public key lies beside it
   * under the same name with {@code .pub}.
   */
  Optional<Path> signingKey();

  /** Public keys in PEM whose signatures count, beside the own one. */
  Optional<List<Path>> trustedKeys();

  /** About what a publisher signed, or did not: {@code model.sig} in a repository. */
  @WithDefault("warn")
  SignatureRule upstreamSignatures();

  /**
   * Public keys of publishers in PEM: {@code OWNER=FILE} counts for the repositories of one owner,
   * {@code FILE} for all.
   */
  Optional<List<String>> upstreamKeys();
}
