package io.modeldepot.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code 127.0.0.1} and {@code localhost} that nobody signed but itself.
 *
 * @param certificate in PEM
 * @param key in PEM, without a password
 * @param store both in PKCS12
 */
public record TestCertificate(Path certificate, Path key, Path store) {
  private static final String PASSWORD = "password";
  private static final String NAME = "door";

  /** Makes one in this folder, with the JDK's own tool. */
  public static TestCertificate make(Path folder) {
    TestCertificate made =
        new TestCertificate(
            folder.resolve("door.pem"), folder.resolve("door.key"), folder.resolve("door.p12"));
    try {
      run(
          "-genkeypair",
          "-alias",
          NAME,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-dname",
          "CN=depot",
          "-ext",
          "san=ip:127.0.0.1,dns:localhost",
          "-validity",
          "30",
          "-storetype",
          "PKCS12",
          "-keystore",
          made.store.toString(),
          "-storepass",
          PASSWORD);
      KeyStore both = made.load();
      write(made.certificate, "CERTIFICATE", both.getCertificate(NAME).getEncoded());
      write(made.key, "PRIVATE KEY", both.getKey(NAME, PASSWORD.toCharArray()).getEncoded());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a server that shows it. */
  public SSLContext server() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore both = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      both.load(in, PASSWORD.toCharArray());
    }
    return both;
  }

  private static void write(Path file, String kind, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind));
  }

  private static void run(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool made no certificate.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
