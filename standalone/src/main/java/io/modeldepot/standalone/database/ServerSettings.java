package io.modeldepot.standalone.database;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How the server is set: on the loopback address only, small, and as safe as PostgreSQL is. */
final class ServerSettings {
  private ServerSettings() {}

  /** The settings as lines of a configuration file. */
  static String on(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("port", Integer.toString(port));
    settings.put("listen_addresses", "'127.0.0.1'");
    // A socket in /tmp would stay behind after a kill.
    settings.put("unix_socket_directories", "''");
    settings.put("max_connections", "60");
    settings.put("shared_buffers", "32MB");
    settings.put("min_wal_size", "32MB");
    settings.put("max_wal_size", "256MB");
    settings.put("max_wal_senders", "0");
    settings.put("wal_level", "minimal");
    settings.put("jit", "off");
    settings.put("io_method", "sync");
    settings.put("timezone", "'UTC'");
    settings.put("log_timezone", "'UTC'");
    settings.put("log_min_messages", "warning");
    settings.put("log_min_error_statement", "panic");
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
