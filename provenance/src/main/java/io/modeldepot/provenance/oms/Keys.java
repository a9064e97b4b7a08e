package io.modeldepot.provenance.oms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys on elliptic curves in PEM, as openssl writes and reads them. */
public final class Keys {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (?<kind>[A-Z ]+)-----(?<body>[^-]+)-----END \\k<kind>-----");

  private Keys() {}

  /** A new pair on P-256. */
  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no P-256.", e);
    }
  }

  /**
   * A public key ({@code BEGIN PUBLIC KEY}); text around it is passed over.
   *
   * @throws MalformedBundle if there is none, or not on P-256, P-384 or P-521
   */
  public static ECPublicKey publicKey(String pem) throws MalformedBundle {
    try {
      byte[] der = body(pem, "PUBLIC KEY");
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
      if (key instanceof ECPublicKey ec && !algorithm(ec).isEmpty()) {
        return ec;
      }
    } catch (GeneralSecurityException e) {
      throw new MalformedBundle("The public key is none on a curve that is known here.");
    }
    throw new MalformedBundle("The public key is not on P-256, P-384 or P-521.");
  }

  /**
   * A private key ({@code BEGIN PRIVATE KEY}, not encrypted). No message repeats anything of it.
   *
   * @throws MalformedBundle if there is none
   */
  public static PrivateKey privateKey(String pem) throws MalformedBundle {
    try {
      byte[] der = body(pem, "PRIVATE KEY");
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new MalformedBundle("The private key is none on a curve that is known here.");
    }
  }

  /**
   * A private key and its public one.
   *
   * @throws MalformedBundle if one is none, or they do not belong together
   */
  public static KeyPair pair(String privatePem, String publicPem) throws MalformedBundle {
    ECPublicKey shown = publicKey(publicPem);
    PrivateKey kept = privateKey(privatePem);
    try {
      byte[] probe = {1};
      Signature signature = Signature.getInstance(algorithm(shown));
      signature.initSign(kept);
      signature.update(probe);
      byte[] made = signature.sign();
      signature.initVerify(shown);
      signature.update(probe);
      if (signature.verify(made)) {
        return new KeyPair(shown, kept);
      }
    } catch (GeneralSecurityException e) {
      throw new MalformedBundle("The private key cannot sign for this public key.");
    }
    throw new MalformedBundle("The public key is another's than the private key's.");
  }

  /** A public key in PEM: lines of 64 characters, a line feed after each. */
  public static String pem(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  /** A private key in PEM. For a file that only its owner reads. */
  public static String pem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /**
   * What a signature calls its key: SHA-256 over the public key's PEM, as the reference
   * implementation computes it.
   */
  public static String fingerprint(PublicKey key) {
    return io.modeldepot.events.terms.Sha256.ofText(pem(key)).value();
  }

  /** The algorithm that belongs to the key's curve; empty text for none that is signed with. */
  static String algorithm(ECKey key) {
    return switch (key.getParams().getCurve().getField().getFieldSize()) {
      case 256 -> "SHA256withECDSA";
      case 384 -> "SHA384withECDSA";
      case 521 -> "SHA512withECDSA";
      default -> "";
    };
  }

  private static String pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
  }

  private static byte[] body(String pem, String kind) throws MalformedBundle {
    Matcher matcher = PEM.matcher(pem);
    while (matcher.find()) {
      if (matcher.group("kind").equals(kind)) {
        try {
          return Base64.getMimeDecoder()
              .decode(matcher.group("body").getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
          throw new MalformedBundle("What stands between the marks of the key is not base64.");
        }
      }
    }
    throw new MalformedBundle("There is no -----BEGIN %s----- in the file.".formatted(kind));
  }
}
