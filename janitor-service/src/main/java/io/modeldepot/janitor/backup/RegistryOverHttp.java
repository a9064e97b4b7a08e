package io.modeldepot.janitor.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.access.ServiceToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry's data, asked of its route {@code /registry-dump}: the one call that a service makes
 * to another to do its job. Without an answer the backup goes on and says why.
 */
@ApplicationScoped
class RegistryOverHttp implements RegistryData {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(60);

  private final Optional<URI> registry;
  private final ServiceToken token;

  @Inject
  RegistryOverHttp(BackupSettings settings, ServiceToken token) {
    this.registry = settings.registryUrl();
    this.token = token;
  }

  @Override
  public AuditHead writeTo(OutputStream into) throws IOException {
    if (registry.isEmpty()) {
      throw new IOException("no registry is configured (DEPOT_REGISTRY_URL)");
    }
    URI dump = registry.get().resolve("/api/v1/registry-dump");
    try {
      HttpURLConnection call = (HttpURLConnection) dump.toURL().openConnection();
      // What is carried is for the registry alone.
      call.setInstanceFollowRedirects(false);
      token.text().ifPresent(it -> call.setRequestProperty("Authorization", "Bearer " + it));
      return read(call, into);
    } catch (IOException e) {
      throw new IOException("the registry did not give its data: " + e.getMessage(), e);
    }
  }

  private static AuditHead read(HttpURLConnection call, OutputStream into) throws IOException {
    call.setConnectTimeout((int) TO_CONNECT.toMillis());
    call.setReadTimeout((int) BETWEEN_BYTES.toMillis());
    try {
      if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("HTTP " + call.getResponseCode());
      }
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8))) {
        return copy(lines, into);
      }
    } finally {
      call.disconnect();
    }
  }

  private static AuditHead copy(BufferedReader lines, OutputStream into) throws IOException {
    @Nullable String first = lines.readLine();
    String last = "";
    long rows = 0;
    for (String line = first; line != null; line = lines.readLine()) {
      into.write(line.getBytes(StandardCharsets.UTF_8));
      into.write('\n');
      last = line;
      rows++;
    }
    JsonNode head = Wire.mapper().readTree(first == null ? "{}" : first);
    JsonNode end = Wire.mapper().readTree(last.isEmpty() ? "{}" : last);
    if (!end.path("end").asBoolean() || end.path("rows").asLong() != rows - 2) {
      throw new IOException("its dump ends early");
    }
    return new AuditHead(head.path("auditSeq").asLong(), head.path("auditHash").asText());
  }
}
