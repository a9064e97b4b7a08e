package io.modeldepot.kit.tls;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that are trusted beside those of the JDK: of an organisation that signs its own, or
 * of a proxy that looks into what passes. For whatever this process reaches over TLS: other
 * services, mirrors, the hub, receivers, object stores. Kafka and PostgreSQL have settings of their
 * own.
 */
@ApplicationScoped
public class ExtraCertificates {
  private static final Logger LOG = Logger.getLogger(ExtraCertificates.class);
  private static final int BEFORE_ALL = Interceptor.Priority.PLATFORM_BEFORE - 100;

  /** The JDK wants one; what lies in the file is public. */
  private static final String PASSWORD = "changeit";

  private final Optional<Path> file;

  /**
   * For the container.
   *
   * @param file certificates in PEM, one after the other, that are trusted beside those of the JDK
   */
  ExtraCertificates(@ConfigProperty(name = "depot.ca-file") Optional<Path> file) {
    this.file = file;
  }

  /** Before anything is reached. */
  void start(@Observes @Priority(BEFORE_ALL) StartupEvent started) {
    file.ifPresent(pem -> LOG.infof("%d certificates of %s are trusted too.", trust(pem), pem));
  }

  /**
   * Trusts these from now on, in the whole process.
   *
   * @return how many
   * @throws IllegalArgumentException if the file cannot be read or holds no certificate
   */
  public static int trust(Path pem) {
    Collection<? extends Certificate> more = read(pem);
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      int number = 0;
      for (X509Certificate known : managed(null).getAcceptedIssuers()) {
        anchors.setCertificateEntry("known-" + number++, known);
      }
      for (Certificate one : more) {
        anchors.setCertificateEntry("more-" + number++, one);
      }
      Path merged = Files.createTempFile("trusted-", ".p12");
      merged.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(merged)) {
        anchors.store(out, PASSWORD.toCharArray());
      }
      // For clients that ask for what is trusted by default; and for those that were there before.
      System.setProperty("javax.net.ssl.trustStore", merged.toString());
      System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
      System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {managed(anchors)}, null);
      SSLContext.setDefault(context);
      HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
      return more.size();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("The certificates of " + pem + " cannot be trusted.", e);
    }
  }

  private static Collection<? extends Certificate> read(Path pem) {
    Collection<? extends Certificate> found;
    try (InputStream in = Files.newInputStream(pem)) {
      found = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "DEPOT_CA_FILE: " + pem + " cannot be read by the user of this service.", e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "DEPOT_CA_FILE: " + pem + " does not hold certificates in PEM.", e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("DEPOT_CA_FILE: " + pem + " holds no certificate.");
    }
    return found;
  }

  private static X509TrustManager managed(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    for (TrustManager one : factory.getTrustManagers()) {
      if (one instanceof X509TrustManager manager) {
        return manager;
      }
    }
    throw new GeneralSecurityException("The JDK has no manager of trust.");
  }
}
