package io.modeldepot.downloader.trust;

import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.MalformedBundle;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.policy.SignatureRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The keys that the settings name.
 *
 * @param signer signs versions, where a key is configured
 * @param verifier knows the own key and the trusted ones
 * @param publishers whose signatures in repositories count
 */
record KeyFiles(Optional<ModelSigner> signer, ModelVerifier verifier, PublisherKeys publishers) {
  private static final String UPSTREAM_KEYS = "DEPOT_TRUST_UPSTREAM_KEYS";

  /**
   * Reads them.
   *
   * @throws IllegalStateException that names every file that is no key; it repeats nothing of one
   */
  static KeyFiles of(TrustSettings settings) {
    List<String> faults = new ArrayList<>();
    List<ECPublicKey> trusted = new ArrayList<>();
    Optional<KeyPair> pair = settings.signingKey().flatMap(file -> pair(file, faults));
    pair.ifPresent(own -> trusted.add((ECPublicKey) own.getPublic()));
    for (Path file : settings.trustedKeys().orElseGet(List::of)) {
      publicKey("DEPOT_TRUST_TRUSTED_KEYS", file, faults).ifPresent(trusted::add);
    }
    PublisherKeys publishers = publishers(settings, faults);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join(" ", faults));
    }
    return new KeyFiles(pair.map(ModelSigner::new), new ModelVerifier(trusted), publishers);
  }

  private static Optional<KeyPair> pair(Path file, List<String> faults) {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    try {
      return Optional.of(Keys.pair(Files.readString(file), Files.readString(beside)));
    } catch (MalformedBundle e) {
      faults.add("DEPOT_TRUST_SIGNING_KEY, %s and %s: %s".formatted(file, beside, e.problem()));
    } catch (IOException e) {
      faults.add(
          "DEPOT_TRUST_SIGNING_KEY needs %s and its public key %s: %s cannot be read."
              .formatted(file, beside, e.getMessage()));
    }
    return Optional.empty();
  }

  private static PublisherKeys publishers(TrustSettings settings, List<String> faults) {
    PublisherKeys publishers = new PublisherKeys();
    List<String> named = settings.upstreamKeys().orElseGet(List::of);
    for (String one : named) {
      Matcher setting = PublisherKeys.FORM.matcher(one.strip());
      if (setting.matches()) {
        publicKey(UPSTREAM_KEYS, Path.of(setting.group("file")), faults)
            .ifPresent(key -> publishers.trust(setting, key));
      }
    }
    if (named.isEmpty() && settings.upstreamSignatures() == SignatureRule.REQUIRE) {
      faults.add(
          "DEPOT_TRUST_UPSTREAM_SIGNATURES is require, and %s names no key: nothing could come in."
              .formatted(UPSTREAM_KEYS));
    }
    return publishers;
  }

  private static Optional<ECPublicKey> publicKey(String setting, Path file, List<String> faults) {
    try {
      return Optional.of(Keys.publicKey(Files.readString(file)));
    } catch (MalformedBundle e) {
      faults.add("%s, %s: %s".formatted(setting, file, e.problem()));
    } catch (IOException e) {
      faults.add("%s, %s: it cannot be read.".formatted(setting, file));
    }
    return Optional.empty();
  }
}
