package io.modeldepot.provenance.oms;

import io.modeldepot.events.terms.Sha256;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks signatures of models by the keys that are trusted. Certificates and Sigstore's log are
 * read and not checked: such a signature is never valid.
 *
 * <p>Source: the specification, section 8, and what it asks for older bundles in 11.2. Bundles
 * before 1.0 are not among them.
 */
public final class ModelVerifier {
  /** The longest signature that is read. */
  public static final int MAX_BYTES = Bundle.MAX_BYTES;

  private static final int MOST_SHOWN = 200;
  private static final String SINGLE_FILE = "."; // older bundles call a model of one file so

  private final Map<String, ECPublicKey> trusted = new LinkedHashMap<>();

  /**
   * @param trusted keys, any number
   */
  public ModelVerifier(List<ECPublicKey> trusted) {
    trusted.forEach(key -> this.trusted.put(Keys.fingerprint(key), key));
  }

  /**
   * What a signature says about files of which the digests are known. Nothing is read.
   *
   * @param signature the signature file
   * @param digests path to digest, of every file that is here
   * @param elsewhere paths that belong to the model and are not here on purpose
   */
  public SignatureCheck check(
      byte[] signature, Map<String, Sha256> digests, Set<String> elsewhere) {
    try {
      Bundle bundle = Bundle.parse(signature);
      Statement statement = Statement.parse(bundle.payload());
      Optional<SignatureCheck> doubt = signer(bundle, statement);
      return doubt.orElseGet(() -> compare(bundle, statement, digests, elsewhere));
    } catch (MalformedBundle e) {
      return new SignatureCheck.Invalid(e.problem());
    }
  }

  /** Why the statement must not be believed; empty if a trusted key signed it. */
  private Optional<SignatureCheck> signer(Bundle bundle, Statement statement) {
    if (bundle.method() != Bundle.Method.KEY) {
      return Optional.of(
          new SignatureCheck.NotChecked(
              bundle.method().name().toLowerCase(Locale.ROOT),
              "It is signed with a certificate, and only keys are checked here."));
    }
    boolean known = bundle.hint().map(trusted::containsKey).orElse(!trusted.isEmpty());
    if (!known) {
      return Optional.of(
          new SignatureCheck.Untrusted(
              bundle.hint().map(ModelVerifier::shown).orElse("a key"),
              "Its key is not among those that are trusted."));
    }
    if (signedBy(bundle).isEmpty()) {
      return Optional.of(
          bundle.hint().isPresent()
              ? new SignatureCheck.Invalid("The key that it names did not sign it.")
              : new SignatureCheck.Untrusted("a key", "None of the trusted keys signed it."));
    }
    if (!statement.method().equals("files") || !statement.hashType().equals("sha256")) {
      return Optional.of(
          new SignatureCheck.NotChecked(
              statement.method() + "-" + statement.hashType(),
              "Its digests are not SHA-256 of whole files, so they cannot be compared here."));
    }
    return Optional.empty();
  }

  private Optional<String> signedBy(Bundle bundle) {
    byte[] encoded = Bundle.preAuthenticationEncoding(bundle.payload());
    return trusted.entrySet().stream()
        .filter(key -> bundle.hint().map(key.getKey()::equals).orElse(true))
        .filter(
            key -> bundle.signatures().stream().anyMatch(s -> signed(key.getValue(), encoded, s)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean signed(ECPublicKey key, byte[] encoded, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(Keys.algorithm(key));
      verification.initVerify(key);
      verification.update(encoded);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // not even of the form of a signature
    }
  }

  private SignatureCheck compare(
      Bundle bundle, Statement statement, Map<String, Sha256> digests, Set<String> elsewhere) {
    Map<String, String> signed = new LinkedHashMap<>();
    statement.resources().forEach(file -> signed.put(file.name(), file.digest()));
    if (signed.size() == 1 && signed.containsKey(SINGLE_FILE) && digests.size() == 1) {
      signed.put(digests.keySet().iterator().next(), signed.remove(SINGLE_FILE));
    }
    for (Map.Entry<String, String> file : signed.entrySet()) {
      Sha256 here = digests.get(file.getKey());
      if (here == null && !elsewhere.contains(file.getKey())) {
        return new SignatureCheck.Invalid(
            "The signed file %s is not here.".formatted(shown(file.getKey())));
      }
      if (here != null && !here.value().equals(file.getValue())) {
        return new SignatureCheck.Invalid(
            "The file %s is another than the signed one.".formatted(shown(file.getKey())));
      }
    }
    for (String path : digests.keySet()) {
      if (!signed.containsKey(path) && !statement.leavesOut(path)) {
        return new SignatureCheck.Invalid("The file %s is not signed.".formatted(path));
      }
    }
    return new SignatureCheck.Valid(signedBy(bundle).orElseThrow());
  }

  /** A name that somebody else chose, so that it can stand in a message and in an event. */
  private static String shown(String name) {
    String begin = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
    return begin.replaceAll("\\p{C}", "?");
  }
}
