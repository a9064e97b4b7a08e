package io.modeldepot.downloader.trust;

import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.provenance.oms.ModelVerifier;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose signatures in repositories count. The case of an owner's name makes no difference, as at
 * hubs.
 */
final class PublisherKeys {
  /** A key's owner, if it has one, and its file. */
  static final Pattern FORM =
      Pattern.compile("(?:(?<owner>[A-Za-z0-9][A-Za-z0-9._-]{0,95})=)?(?<file>.+)");

  private final List<ECPublicKey> everybodys = new ArrayList<>();
  private final Map<String, List<ECPublicKey>> byOwner = new HashMap<>();

  /** Trusts a key as a setting has it, which {@link #FORM} matched. */
  void trust(Matcher setting, ECPublicKey key) {
    String owner = setting.group("owner");
    List<ECPublicKey> keys =
        owner == null
            ? everybodys
            : byOwner.computeIfAbsent(owner.toLowerCase(Locale.ROOT), it -> new ArrayList<>());
    keys.add(key);
  }

  /** Who checks what came from a repository; what came from none only keys for all vouch for. */
  ModelVerifier of(Optional<RepositoryId> repository) {
    List<ECPublicKey> keys = new ArrayList<>(everybodys);
    repository.map(it -> byOwner.get(it.owner().toLowerCase(Locale.ROOT))).ifPresent(keys::addAll);
    return new ModelVerifier(keys);
  }
}
