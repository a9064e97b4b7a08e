package io.modeldepot.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.modeldepot.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraCertificatesTest {
  private static final List<String> PROPERTIES =
      List.of(
          "javax.net.ssl.trustStore",
          "javax.net.ssl.trustStoreType",
          "javax.net.ssl.trustStorePassword");

  @TempDir Path folder;
  private final Map<String, String> before = new HashMap<>();
  private final SSLSocketFactory sockets = HttpsURLConnection.getDefaultSSLSocketFactory();
  private SSLContext context;
  private TestCertificate certificate;
  private HttpsServer server;

  @BeforeEach
  void aServerThatNobodyKnows() throws Exception {
    context = SSLContext.getDefault();
    PROPERTIES.forEach(name -> before.put(name, System.getProperty(name)));
    certificate = TestCertificate.make(folder);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void asItWas() {
    server.stop(0);
    SSLContext.setDefault(context);
    HttpsURLConnection.setDefaultSSLSocketFactory(sockets);
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void everyClientOfTheProcessTrustsThem() throws Exception {
    assertThatThrownBy(this::ask).isInstanceOf(SSLHandshakeException.class);

    assertThat(ExtraCertificates.trust(certificate.certificate())).isEqualTo(1);

    assertThat(ask()).isEqualTo(204);
    assertThat(((HttpsURLConnection) url().toURL().openConnection()).getResponseCode())
        .isEqualTo(204);
    SSLContext byDefault = SSLContext.getInstance("TLS");
    byDefault.init(null, null, null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(byDefault).build()) {
      assertThat(client.send(HttpRequest.newBuilder(url()).build(), BodyHandlers.discarding()))
          .returns(204, answer -> answer.statusCode());
    }
  }

  @Test
  void theyComeOnTopOfThoseOfTheJdk() throws Exception {
    int known = ExtraCertificates.trust(certificate.certificate());
    TestCertificate other = TestCertificate.make(Files.createDirectory(folder.resolve("other")));

    ExtraCertificates.trust(other.certificate());

    assertThat(known).isEqualTo(1);
    assertThat(ask()).as("the first one is trusted still").isEqualTo(204);
  }

  @Test
  void aFileThatHoldsNoneIsNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path prose = Files.writeString(folder.resolve("prose.pem"), "-----BEGIN LETTER-----");

    for (Path wrong : List.of(empty, prose, folder.resolve("missing.pem"))) {
      assertThatThrownBy(() -> ExtraCertificates.trust(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("DEPOT_CA_FILE")
          .hasMessageContaining(wrong.toString());
    }
  }

  private int ask() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(url()).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private URI url() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }
}
