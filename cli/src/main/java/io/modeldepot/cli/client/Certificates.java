package io.modeldepot.cli.client;

import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.settings.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What the registry's certificate is held against, where that is not what the JDK trusts. */
public final class Certificates {
  private Certificates() {}

  /**
   * Certificates of a file and no others: this command talks to one registry.
   *
   * @param setting the file, in PEM; an empty one means those of the JDK
   * @param path what a path means from where the person stands
   * @throws Failure if the file cannot be read, or holds none
   */
  public static Optional<SSLContext> of(Found setting, UnaryOperator<Path> path) {
    if (setting.value().isEmpty()) {
      return Optional.empty();
    }
    Path file = path.apply(Path.of(setting.value()));
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      try (InputStream in = Files.newInputStream(file)) {
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          anchors.setCertificateEntry("ca-" + anchors.size(), one);
        }
      }
      if (anchors.size() == 0) {
        throw refused(file, setting, "it holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return Optional.of(context);
    } catch (CertificateException e) {
      throw refused(file, setting, "it does not hold certificates in PEM");
    } catch (IOException e) {
      throw refused(file, setting, "it cannot be read");
    } catch (GeneralSecurityException e) {
      throw refused(file, setting, String.valueOf(e.getMessage()));
    }
  }

  private static Failure refused(Path file, Found setting, String why) {
    return Failure.usage("the certificates of " + file + " cannot be used")
        .because(why + "; the file comes from: " + setting.origin())
        .tryThis(Try.words("name a file in PEM with DEPOT_CA_FILE, or none"));
  }
}
